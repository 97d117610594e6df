//! Rows of the last run for inputs that have not changed since.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use polars::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::gather::{Gathered, SKETCH_BYTES};
use super::plan::{FILE, INPUTS, Input, Plan, SKETCHES};
use super::{ExtractError, Extraction};
use crate::gazetteer::Gazetteer;
use crate::tables::{Table, TableError};
use crate::write::{Folder, Format, LINES, WriteError, read_rows};

/// Documents that are copied at a time.
const SLICE: usize = 1 << 14;

/// Why the rows of the last run cannot be used; all is read anew then.
pub(super) fn obstacle(extraction: &Extraction, last: &Path, plan: &Plan) -> Option<String> {
    if !extraction.formats.contains(&Format::Parquet) {
        return Some("they are not there as Parquet".to_owned());
    }
    if extraction.partition.is_some() {
        return Some("partitioned tables cannot be updated".to_owned());
    }
    let last = match Plan::load(last) {
        Ok(last) => last,
        Err(error) => return Some(error.to_string()),
    };
    last.check(&plan.settings).err().map(|error| error.to_string())
}

/// Takes the rows of unchanged inputs over into segments, takes these inputs out of `plan`, and says how many.
pub(super) fn keep(
    extraction: &Extraction,
    gazetteer: &Gazetteer,
    folder: &Folder,
    plan: &mut Plan,
    gathered: &mut Gathered,
) -> Result<(Folder, usize), ExtractError> {
    let inputs = folder.work_file(INPUTS);
    let lines = fs::read_to_string(&inputs).map_err(WriteError::file(&inputs))?;
    let before: FxHashMap<String, Input> = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Input>(line).ok())
        .map(|input| (input.source.clone(), input))
        .collect();
    let (mut kept, mut records) = (FxHashSet::default(), Vec::new());
    plan.inputs.retain(|input| {
        let Some(before) = before.get(&input.source).filter(|before| !before.hash.is_empty()) else { return true };
        let now = input.hashed();
        let same = now.hash == before.hash;
        if same && kept.insert(now.source.clone()) && serde_json::to_writer(&mut records, &now).is_ok() {
            records.push(b'\n');
        }
        !same
    });
    let sketches = folder.work_file(SKETCHES);
    let sketches = fs::read(&sketches).map_err(WriteError::file(&sketches))?;
    // From here on the last run is no longer complete, and without its plan it cannot be taken for an interrupted one.
    let saved = folder.work_file(FILE);
    fs::remove_file(&saved).map_err(WriteError::file(&saved))?;
    let mut folder = Folder::create(&extraction.output, &extraction.formats)?;
    if kept.is_empty() {
        return Ok((folder, 0));
    }
    gathered.keep_inputs(&records);
    let mut last = Last::open(&extraction.output, extraction.formats.contains(&Format::Jsonl))?;
    let mut at = 0;
    loop {
        let documents = last.rows(Table::Documents, at * SLICE, SLICE)?;
        if documents.height() == 0 {
            break;
        }
        let errors = if at == 0 { last.errors(&kept)? } else { last.rows(Table::Errors, 0, 0)? };
        let slice = last.slice(&documents, &kept, &sketches[(at * SLICE * SKETCH_BYTES).min(sketches.len())..])?;
        let segment = gathered.adopt(gazetteer, slice, errors)?;
        folder.add(&segment)?;
        at += 1;
    }
    Ok((folder, kept.len()))
}

/// The tables of the last run, read from front to back.
struct Last<'p> {
    folder: &'p Path,
    mentions: usize,
    topics: usize,
    lines: Option<BufReader<File>>,
}

/// Rows of a few documents.
pub(super) struct Slice {
    pub(super) documents: DataFrame,
    pub(super) mentions: DataFrame,
    pub(super) topics: DataFrame,
    /// The object of each document, where objects are written.
    pub(super) objects: Vec<String>,
    pub(super) sketches: Vec<u8>,
}

impl<'p> Last<'p> {
    fn open(folder: &'p Path, with_lines: bool) -> Result<Self, ExtractError> {
        let path = folder.join(LINES);
        let lines = if with_lines { Some(File::open(&path).map_err(WriteError::file(&path))?) } else { None };
        Ok(Self { folder, mentions: 0, topics: 0, lines: lines.map(BufReader::new) })
    }

    fn rows(&self, table: Table, from: usize, rows: usize) -> Result<DataFrame, ExtractError> {
        Ok(read_rows(&self.folder.join(format!("{}.parquet", table.as_str())), from, rows)?)
    }

    fn errors(&self, kept: &FxHashSet<String>) -> Result<DataFrame, ExtractError> {
        let all = self.rows(Table::Errors, 0, usize::MAX)?;
        Ok(filtered(&all, "source", |source| is_of(source, kept))?)
    }

    /// What belongs to these documents, without those of inputs that are not kept.
    fn slice(
        &mut self,
        documents: &DataFrame,
        kept: &FxHashSet<String>,
        sketches: &[u8],
    ) -> Result<Slice, ExtractError> {
        let sum = |frame: &DataFrame| -> PolarsResult<usize> {
            Ok(frame.column("mentions")?.u32()?.iter().flatten().map(|count| count as usize).sum())
        };
        let count = sum(documents).map_err(TableError::from)?;
        let mentions = self.rows(Table::Mentions, self.mentions, count)?;
        self.mentions += count;
        let ids = texts(documents, "doc_id")?;
        let of_slice: FxHashSet<&str> = ids.iter().map(String::as_str).collect();
        let topics = self.topics_of(&of_slice)?;
        let mask: Vec<bool> = texts(documents, "source")?.iter().map(|source| is_of(source, kept)).collect();
        let of_kept: FxHashSet<&str> =
            ids.iter().zip(&mask).filter(|(_, keep)| **keep).map(|(id, _)| id.as_str()).collect();
        let mut objects = Vec::new();
        for keep in &mask {
            let mut line = String::new();
            if let Some(lines) = &mut self.lines {
                lines.read_line(&mut line).map_err(WriteError::file(&self.folder.join(LINES)))?;
            }
            if *keep && !line.is_empty() {
                objects.push(line);
            }
        }
        let sketches = sketches.chunks_exact(SKETCH_BYTES).zip(&mask).filter(|(_, keep)| **keep);
        Ok(Slice {
            mentions: filtered(&mentions, "doc_id", |id| of_kept.contains(id))?,
            topics: filtered(&topics, "doc_id", |id| of_kept.contains(id))?,
            documents: documents.filter(&BooleanChunked::from_slice("".into(), &mask)).map_err(TableError::from)?,
            objects,
            sketches: sketches.flat_map(|(sketch, _)| sketch).copied().collect(),
        })
    }

    /// The next rows of `topics` that are of these documents.
    fn topics_of(&mut self, ids: &FxHashSet<&str>) -> Result<DataFrame, ExtractError> {
        let mut length = 8 * SLICE;
        loop {
            let rows = self.rows(Table::Topics, self.topics, length)?;
            let own = texts(&rows, "doc_id")?.iter().take_while(|id| ids.contains(id.as_str())).count();
            if own < rows.height() || rows.height() < length {
                self.topics += own;
                return Ok(rows.head(Some(own)));
            }
            length *= 2;
        }
    }
}

/// Whether a source is one of these inputs, or lies in one that is an archive.
fn is_of(source: &str, inputs: &FxHashSet<String>) -> bool {
    let inside = |(at, _): (usize, &str)| inputs.contains(&source[..at]);
    inputs.contains(source) || source.match_indices("!/").any(inside)
}

fn texts(frame: &DataFrame, column: &str) -> Result<Vec<String>, TableError> {
    Ok(frame.column(column)?.str()?.iter().map(|text| text.unwrap_or_default().to_owned()).collect())
}

fn filtered(frame: &DataFrame, column: &str, keep: impl Fn(&str) -> bool) -> Result<DataFrame, TableError> {
    let mask: BooleanChunked = frame.column(column)?.str()?.iter().map(|text| text.is_some_and(&keep)).collect();
    Ok(frame.filter(&mask)?)
}

/// The object with this `duplicate_of`.
pub(super) fn with_duplicate(object: &str, duplicate_of: Option<&str>) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(object) else { return object.to_owned() };
    if fields.get("duplicate_of").and_then(Value::as_str) == duplicate_of {
        return object.to_owned();
    }
    fields.shift_remove("duplicate_of");
    if let Some(first) = duplicate_of {
        let behind = fields.keys().position(|key| key == "date").map_or(fields.len(), |date| date + 1);
        fields.shift_insert(behind, "duplicate_of".to_owned(), first.into());
    }
    format!("{}\n", Value::Object(fields))
}
