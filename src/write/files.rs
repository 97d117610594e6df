//! Frames in files, one format at a time, and the files of many segments put together.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use polars::io::csv::write::BatchedWriter as CsvBatches;
use polars::io::ipc::BatchedWriter as ArrowBatches;
use polars::io::parquet::write::BatchedWriter as ParquetBatches;
use polars::prelude::*;
use polars_arrow::io::ipc::write::default_ipc_fields;

use super::csv::defused;
use super::{Format, WriteError};

/// Writes one frame as a file.
pub(super) fn write_frame(path: &Path, format: Format, frame: &DataFrame) -> Result<(), WriteError> {
    let file = File::create(path).map_err(WriteError::file(path))?;
    let mut writer = FrameWriter::new(file, format, frame.schema()).map_err(WriteError::polars(path))?;
    writer.write(frame).and_then(|()| writer.finish()).map_err(WriteError::polars(path))
}

/// Writes frames of one schema into one file, each as a row group of its own.
pub(super) enum FrameWriter {
    Parquet(Box<ParquetBatches<File>>),
    Csv(CsvBatches<File>),
    Arrow(Box<ArrowBatches<File>>),
}

impl FrameWriter {
    pub(super) fn new(file: File, format: Format, schema: &Schema) -> PolarsResult<Self> {
        Ok(match format {
            Format::Parquet => Self::Parquet(Box::new(
                ParquetWriter::new(file).with_compression(ParquetCompression::Zstd(None)).batched(schema)?,
            )),
            Format::Csv => Self::Csv(
                CsvWriter::new(file).include_header(true).with_line_terminator("\r\n".into()).batched(schema)?,
            ),
            _ => {
                // Texts as every reader of Arrow knows them, not as views, which many do not know yet.
                let level = CompatLevel::oldest();
                let fields: Vec<_> =
                    schema.iter().map(|(name, dtype)| dtype.to_arrow_field(name.clone(), level)).collect();
                let fields = default_ipc_fields(fields.iter());
                Self::Arrow(Box::new(IpcWriter::new(file).with_compat_level(level).batched(schema, fields)?))
            }
        })
    }

    pub(super) fn write(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        if frame.height() == 0 {
            return Ok(());
        }
        match self {
            Self::Parquet(writer) => writer.write_batch(frame),
            Self::Csv(writer) => writer.write_batch(&defused(frame)?),
            Self::Arrow(writer) => writer.write_batch(frame),
        }
    }

    pub(super) fn finish(self) -> PolarsResult<()> {
        match self {
            Self::Parquet(writer) => writer.finish().map(|_| ()),
            Self::Csv(mut writer) => writer.finish(),
            Self::Arrow(mut writer) => writer.finish(),
        }
    }
}

/// Reads a frame back that [`write_frame`] wrote as Parquet or Arrow.
pub(super) fn read_frame(path: &Path, format: Format) -> Result<DataFrame, WriteError> {
    let file = File::open(path).map_err(WriteError::file(path))?;
    let frame = match format {
        Format::Parquet => ParquetReader::new(file).finish(),
        _ => IpcReader::new(file).finish(),
    };
    frame.map_err(WriteError::polars(path))
}

/// Some rows of a Parquet file.
#[cfg(feature = "extract")]
pub(crate) fn read_rows(path: &Path, from: usize, rows: usize) -> Result<DataFrame, WriteError> {
    let file = File::open(path).map_err(WriteError::file(path))?;
    ParquetReader::new(file).with_slice(Some((from, rows))).finish().map_err(WriteError::polars(path))
}

/// Puts files that [`write_frame`] wrote one behind another into `file`, which has the path `path`.
pub(super) fn merge(parts: &[PathBuf], format: Format, file: File, path: &Path) -> Result<(), WriteError> {
    match format {
        Format::Parquet => merge_parquet(parts, file).map_err(WriteError::table(path)),
        Format::Csv => merge_lines(parts, file, true).map_err(WriteError::file(path)),
        Format::Jsonl => merge_lines(parts, file, false).map_err(WriteError::file(path)),
        Format::Arrow | Format::Xlsx => merge_arrow(parts, file, path),
    }
}

/// Copies the row groups as they are, without unpacking a page.
fn merge_parquet(parts: &[PathBuf], file: File) -> Result<(), ParquetError> {
    let mut writer = None;
    let mut file = Some(file);
    for part in parts {
        let input = File::open(part)?;
        let metadata = ParquetMetaDataReader::new().parse_and_finish(&input)?;
        if let Some(file) = file.take() {
            let described = metadata.file_metadata();
            let properties =
                WriterProperties::builder().set_key_value_metadata(described.key_value_metadata().cloned());
            let schema = described.schema_descr().root_schema_ptr();
            writer = Some(SerializedFileWriter::new(file, schema, Arc::new(properties.build()))?);
        }
        let Some(writer) = &mut writer else { continue };
        for group in metadata.row_groups() {
            let mut copy = writer.next_row_group()?;
            for column in group.columns() {
                let close = ColumnCloseResult {
                    bytes_written: column.compressed_size().unsigned_abs(),
                    rows_written: group.num_rows().unsigned_abs(),
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                copy.append_column(&input, close)?;
            }
            copy.close()?;
        }
    }
    if let Some(writer) = writer {
        writer.close()?;
    }
    Ok(())
}

/// Copies the lines; where each part has a header, that of the first only.
fn merge_lines(parts: &[PathBuf], file: File, header: bool) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    for (number, part) in parts.iter().enumerate() {
        let mut input = BufReader::with_capacity(1 << 16, File::open(part)?);
        if header && number > 0 {
            input.skip_until(b'\n')?;
        }
        std::io::copy(&mut input, &mut out)?;
    }
    out.flush()
}

fn merge_arrow(parts: &[PathBuf], file: File, path: &Path) -> Result<(), WriteError> {
    let mut writer = None;
    let mut file = Some(file);
    for part in parts {
        let frame = read_frame(part, Format::Arrow)?;
        if let Some(file) = file.take() {
            writer = Some(FrameWriter::new(file, Format::Arrow, frame.schema()).map_err(WriteError::polars(path))?);
        }
        if let Some(writer) = &mut writer {
            writer.write(&frame).map_err(WriteError::polars(path))?;
        }
    }
    writer.map_or(Ok(()), FrameWriter::finish).map_err(WriteError::polars(path))
}
