//! An Excel workbook with a sheet for each table.

use std::fs::File;
use std::path::Path;

use polars::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook, Worksheet, XlsxError};

use super::WriteError;
use super::segment::Written;
use crate::tables::Table;

/// Rows of a sheet, the header included.
const MOST_ROWS: usize = 1_048_576;
/// Characters of a cell, counted as UTF-16 units.
const MOST_CHARS: usize = 32_767;

/// Writes the workbook; what does not fit is left out, and a warning says how much.
pub(super) fn write(
    segments: &[Written],
    file: File,
    path: &Path,
    warnings: &mut Vec<String>,
) -> Result<(), WriteError> {
    let mut workbook = Workbook::new();
    let bold = Style::new().set_bold();
    let day = Style::new().set_num_format("yyyy-mm-dd");
    for table in Table::ALL {
        let mut sheet: Option<&mut Worksheet> = None;
        let mut width = 0;
        let (mut row, mut dropped, mut cut) = (1, 0, 0);
        for segment in segments {
            let Ok(frame) = segment.frame(table) else { continue };
            if sheet.is_none() {
                let new = workbook.add_worksheet_with_constant_memory().map_err(WriteError::table(path))?;
                head(new, table, &frame, &bold).map_err(WriteError::table(path))?;
                width = frame.width();
                sheet = Some(new);
            }
            let Some(sheet) = sheet.as_deref_mut() else { continue };
            let fits = frame.height().min(MOST_ROWS - row);
            dropped += frame.height() - fits;
            cut += rows(sheet, &frame.head(Some(fits)), row, &day).map_err(WriteError::table(path))?;
            row += fits;
        }
        if let Some(sheet) = sheet {
            let last = (row as u32 - 1, width.saturating_sub(1) as u16);
            sheet.autofilter(0, 0, last.0, last.1).map_err(WriteError::table(path))?;
        }
        let table = table.as_str();
        if dropped > 0 {
            warnings.push(format!(
                "tables.xlsx: {dropped} rows of {table} are beyond Excel's {MOST_ROWS} rows and left out; take Parquet or CSV"
            ));
        }
        if cut > 0 {
            warnings.push(format!("tables.xlsx: {cut} cells of {table} are cut to Excel's {MOST_CHARS} characters"));
        }
    }
    workbook.save_to_writer(file).map_err(WriteError::table(path))
}

fn head(sheet: &mut Worksheet, table: Table, frame: &DataFrame, bold: &Style) -> Result<(), XlsxError> {
    sheet.set_name(table.as_str())?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(frame.get_column_names()) {
        sheet.write_string_with_format(0, column, name.as_str(), bold)?;
    }
    Ok(())
}

/// Writes rows from `first` on, row by row as constant memory needs it; how many cells were cut.
fn rows(sheet: &mut Worksheet, frame: &DataFrame, first: usize, day: &Style) -> Result<usize, XlsxError> {
    let mut cut = 0;
    for row in 0..frame.height() {
        let at = (first + row) as u32;
        for (column, cells) in (0..).zip(frame.columns()) {
            match cells.get(row).unwrap_or(AnyValue::Null) {
                AnyValue::Null => {}
                AnyValue::String(text) => {
                    let kept = shortened(text);
                    cut += usize::from(kept.len() < text.len());
                    sheet.write_string(at, column, kept)?;
                }
                AnyValue::UInt32(count) => {
                    sheet.write_number(at, column, f64::from(count))?;
                }
                AnyValue::Float64(score) => {
                    sheet.write_number(at, column, score)?;
                }
                AnyValue::Date(days) => match excel_day(days) {
                    Some(date) => {
                        sheet.write_datetime_with_format(at, column, date, day)?;
                    }
                    // Excel's calendar begins in 1900.
                    None => {
                        sheet.write_string(at, column, AnyValue::Date(days).to_string())?;
                    }
                },
                other => {
                    sheet.write_string(at, column, other.to_string())?;
                }
            }
        }
    }
    Ok(cut)
}

fn excel_day(days: i32) -> Option<ExcelDateTime> {
    let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).ok()?;
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

/// As much of a text as a cell holds.
fn shortened(text: &str) -> &str {
    // A byte is at least one UTF-16 unit, so most texts need no count.
    if text.len() <= MOST_CHARS {
        return text;
    }
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > MOST_CHARS {
            return &text[..at];
        }
    }
    text
}
