//! What a run has gathered since its last segment, and what it must remember over all of them.

use polars::prelude::{Column, DataFrame};
use serde::{Deserialize, Serialize};

use super::load::Ready;
use super::plan::{INPUTS, Position, SKETCHES, STATE};
use super::update::{Slice, with_duplicate};
use super::{Event, ExtractError, Progress};
use crate::batch::{Duplicates, Sketch, UniqueIds};
use crate::date::Date;
use crate::document::{Annotation, Document, Failure, Mention};
use crate::gazetteer::Gazetteer;
use crate::tables::{LONGEST_CONTEXT, Table, TableError, Tables, day_of};
use crate::write::{Folder, JsonLayers, Segment, json_object};

/// A segment is written when it holds so many bytes of text, with the sentences that its mentions repeat, or of JSON Lines,
/// however few its rows are.
const SEGMENT_BYTES: usize = 96 << 20;

/// The tables whose rows are in the segments.
pub(super) const ROWS: [Table; 4] = [Table::Documents, Table::Mentions, Table::Topics, Table::Errors];
/// Bytes of a sketch on disk.
pub(super) const SKETCH_BYTES: usize = 41;

pub(super) struct Gathered {
    pub(super) progress: Progress,
    position: Position,
    tables: Tables,
    ids: UniqueIds,
    duplicates: Duplicates,
    layers: JsonLayers,
    with_lines: bool,
    /// Of the segment at hand.
    lines: Vec<u8>,
    sketches: Vec<u8>,
    inputs: Vec<u8>,
    /// Text of its documents, and sentences of their mentions.
    bytes: usize,
    /// Rows of the segment at hand that an interrupted run left.
    left: Vec<(Table, DataFrame)>,
}

/// What must be known to go on behind a segment.
#[derive(Serialize, Deserialize)]
struct State {
    position: Position,
    failures: u64,
    foreign: u64,
    text_bytes: u64,
    input_bytes: u64,
    /// Bytes of the segment at hand.
    pending: usize,
}

impl Gathered {
    pub(super) fn new(layers: JsonLayers, with_lines: bool) -> Self {
        Self {
            progress: Progress::default(),
            position: Position::default(),
            tables: Tables::default(),
            ids: UniqueIds::default(),
            duplicates: Duplicates::default(),
            layers,
            with_lines,
            lines: Vec::new(),
            sketches: Vec::new(),
            inputs: Vec::new(),
            bytes: 0,
            left: Vec::new(),
        }
    }

    /// Takes the results of a chunk.
    pub(super) fn take(&mut self, gazetteer: &Gazetteer, chunk: Vec<Ready>, watch: &mut dyn FnMut(&Event<'_>)) {
        for ready in chunk {
            match ready {
                Ready::Document(mut document, annotation, sketch) => {
                    self.ids.make_unique(&mut document.id);
                    self.compare(&mut document, sketch.as_ref());
                    self.tables.push(gazetteer, &document, &annotation);
                    if self.with_lines {
                        let object = json_object(gazetteer, self.layers, &document, &annotation);
                        // Writing into memory cannot fail, and neither can this object be no JSON.
                        let _ = serde_json::to_writer(&mut self.lines, &object);
                        self.lines.push(b'\n');
                    }
                    self.bytes += document.text.len() + context_bytes(&annotation);
                    self.progress.text_bytes += document.text.len() as u64;
                    self.progress.foreign += u64::from(document.is_foreign());
                    self.progress.see(document.date, annotation.mentions.len() as u64, &document);
                }
                Ready::Failure(failure) => self.fail(&failure, watch),
                Ready::Loaded(reached) => {
                    self.position.loads += 1;
                    self.progress.reached = self.progress.reached.max(reached);
                }
                Ready::End(input) => {
                    self.position = Position { source: self.position.source + 1, loads: 0 };
                    self.progress.input_bytes += input.bytes;
                    self.progress.reached = 0;
                    if serde_json::to_writer(&mut self.inputs, &input).is_ok() {
                        self.inputs.push(b'\n');
                    }
                }
            }
        }
    }

    /// Marks a document that was seen before, and remembers it.
    fn compare(&mut self, document: &mut Document, sketch: Option<&Sketch>) {
        if let Some(sketch) = sketch {
            document.duplicate_of = self.duplicates.first_of(&document.id, sketch).map(str::to_owned);
        }
        put_sketch(&mut self.sketches, sketch);
    }

    fn fail(&mut self, failure: &Failure, watch: &mut dyn FnMut(&Event<'_>)) {
        self.progress.failures += 1;
        self.tables.fail(failure);
        watch(&Event::Failed(failure));
    }

    /// Whether the segment at hand has so many rows, or is large otherwise.
    pub(super) fn is_full(&self, rows: usize) -> bool {
        let left: usize = self.left.iter().map(|(_, frame)| frame.height()).sum();
        self.tables.waiting() + left >= rows || self.bytes >= SEGMENT_BYTES || self.lines.len() >= SEGMENT_BYTES
    }

    /// What was gathered since the last segment.
    pub(super) fn segment(&mut self) -> Result<Segment, ExtractError> {
        let mut frames: Vec<(Table, DataFrame)> = self.tables.take_rows()?.into();
        for (table, left) in self.left.drain(..) {
            if let Some((_, frame)) = frames.iter_mut().find(|(other, _)| *other == table) {
                let mut whole = left.vstack(frame).map_err(TableError::from)?;
                // In one piece, so that the file is the same as if it had never been divided.
                whole.rechunk_mut();
                *frame = whole;
            }
        }
        let state = State {
            position: self.position,
            failures: self.progress.failures,
            foreign: self.progress.foreign,
            text_bytes: self.progress.text_bytes,
            input_bytes: self.progress.input_bytes,
            pending: std::mem::take(&mut self.bytes),
        };
        let mut json = Vec::new();
        // Numbers cannot fail to be JSON.
        let _ = serde_json::to_writer(&mut json, &state);
        Ok(Segment {
            frames,
            lines: std::mem::take(&mut self.lines),
            notes: vec![
                (STATE, json),
                (INPUTS, std::mem::take(&mut self.inputs)),
                (SKETCHES, std::mem::take(&mut self.sketches)),
            ],
        })
    }

    /// Takes up what an interrupted run left; where to go on.
    pub(super) fn resume(&mut self, gazetteer: &Gazetteer, folder: &Folder) -> Result<Position, ExtractError> {
        let damaged = |message: String| ExtractError::Damaged { path: folder.work_file(""), message };
        for (written, full) in
            folder.segments().iter().map(|written| (written, true)).chain(folder.unfinished().map(|left| (left, false)))
        {
            let segment = written.read(&ROWS, &[STATE, INPUTS, SKETCHES])?;
            let [(_, state), (_, inputs), (_, sketches)] = &segment.notes[..] else { continue };
            let state: State = serde_json::from_slice(state).map_err(|error| damaged(error.to_string()))?;
            self.count(gazetteer, &segment.frames, sketches, true)?;
            self.position = state.position;
            self.progress.failures = state.failures;
            self.progress.foreign = state.foreign;
            self.progress.text_bytes = state.text_bytes;
            self.progress.input_bytes = state.input_bytes;
            if !full {
                self.inputs.clone_from(inputs);
                self.sketches.clone_from(sketches);
                self.lines = segment.lines;
                self.left = segment.frames;
                self.bytes = state.pending;
            }
        }
        Ok(self.position)
    }

    /// Takes rows of the last run over; the segment that holds them.
    pub(super) fn adopt(
        &mut self,
        gazetteer: &Gazetteer,
        slice: Slice,
        errors: DataFrame,
    ) -> Result<Segment, ExtractError> {
        let Slice { mut documents, mentions, topics, objects, sketches } = slice;
        // What a document is a duplicate of may be gone by now.
        let ids = documents.column("doc_id").and_then(|column| column.str()).map_err(TableError::from)?;
        let firsts: Vec<Option<String>> = ids
            .iter()
            .zip(sketches.chunks_exact(SKETCH_BYTES))
            .map(|(id, sketch)| {
                let sketch = get_sketch(sketch)?;
                self.duplicates.first_of(id.unwrap_or_default(), &sketch).map(str::to_owned)
            })
            .collect();
        for (object, first) in objects.iter().zip(&firsts) {
            self.lines.extend(with_duplicate(object, first.as_deref()).bytes());
        }
        documents.with_column(Column::new("duplicate_of".into(), firsts)).map_err(TableError::from)?;
        self.progress.failures += errors.height() as u64;
        let frames = vec![
            (Table::Documents, documents),
            (Table::Mentions, mentions),
            (Table::Topics, topics),
            (Table::Errors, errors),
        ];
        self.count(gazetteer, &frames, &sketches, false)?;
        self.sketches = sketches;
        self.left = frames;
        self.segment()
    }

    pub(super) fn keep_inputs(&mut self, records: &[u8]) {
        self.inputs.extend(records);
    }

    /// Counts rows that are written already, in tables as [`ROWS`] has them, and remembers their documents where they
    /// are not known yet.
    fn count(
        &mut self,
        gazetteer: &Gazetteer,
        frames: &[(Table, DataFrame)],
        sketches: &[u8],
        remember: bool,
    ) -> Result<(), ExtractError> {
        let [(_, documents), (_, mentions), (_, topics), ..] = frames else { return Ok(()) };
        self.tables.count_rows(gazetteer, documents, mentions, topics)?;
        let column = |name: &str| documents.column(name);
        let ids = column("doc_id").and_then(|column| column.str()).map_err(TableError::from)?;
        let firsts = column("duplicate_of").and_then(|column| column.str()).map_err(TableError::from)?;
        for ((id, first), sketch) in ids.iter().zip(firsts.iter()).zip(sketches.chunks_exact(SKETCH_BYTES)) {
            let mut id = id.unwrap_or_default().to_owned();
            self.ids.make_unique(&mut id);
            self.progress.duplicates += u64::from(first.is_some());
            if let (true, None, Some(sketch)) = (remember, first, get_sketch(sketch)) {
                self.duplicates.remember(&id, &sketch);
            }
        }
        self.progress.documents += documents.height() as u64;
        self.progress.mentions += mentions.height() as u64;
        let days = column("date").and_then(|column| column.date()).map_err(TableError::from)?;
        for day in days.physical().iter().flatten().filter_map(day_of) {
            self.progress.see_day(day);
        }
        Ok(())
    }

    /// The tables that are counted over the whole run.
    pub(super) fn totals(self, gazetteer: &Gazetteer) -> Result<Vec<(Table, DataFrame)>, ExtractError> {
        let frames = self.tables.finish(gazetteer)?.into_tables();
        Ok(frames.into_iter().filter(|(table, _)| !ROWS.contains(table)).collect())
    }
}

impl Progress {
    fn see(&mut self, day: Option<Date>, mentions: u64, document: &Document) {
        self.documents += 1;
        self.mentions += mentions;
        self.duplicates += u64::from(document.duplicate_of.is_some());
        if let Some(day) = day {
            self.see_day(day);
        }
    }

    fn see_day(&mut self, day: Date) {
        self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }
}

/// Bytes of the sentences that stand beside the mentions of a document: of a text without marks many times its own.
fn context_bytes(annotation: &Annotation) -> usize {
    let sentence = |mention: &Mention| annotation.sentences.get(mention.sentence as usize);
    let length = |mention: &Mention| sentence(mention).map_or(0, |it| it.span.len().min(LONGEST_CONTEXT));
    annotation.mentions.iter().map(|mention| length(mention) as usize).sum()
}

/// A byte that says what follows, the hash, the bins; zeros for what there is not.
fn put_sketch(out: &mut Vec<u8>, sketch: Option<&Sketch>) {
    let kind = match sketch {
        None => 0,
        Some(Sketch { bins: None, .. }) => 1,
        Some(_) => 2,
    };
    out.push(kind);
    out.extend(sketch.map_or(0, |sketch| sketch.exact).to_le_bytes());
    out.extend(sketch.and_then(|sketch| sketch.bins).unwrap_or_default());
    debug_assert_eq!(out.len() % SKETCH_BYTES, 0);
}

fn get_sketch(bytes: &[u8]) -> Option<Sketch> {
    let (kind, rest) = bytes.split_first()?;
    let (exact, bins) = rest.split_first_chunk()?;
    let bins = if *kind == 2 { Some(bins.try_into().ok()?) } else { None };
    (*kind > 0).then(|| Sketch { exact: u64::from_le_bytes(*exact), bins })
}
