//! What a run says at its end.

use std::io::Write;
use std::path::Path;

use owo_colors::OwoColorize;

use crate::Languages;
use crate::extract::Report;

/// Entities shown at the end of a run.
const SHOWN: usize = 10;

/// Counts, the most mentioned entities, and where the tables are.
pub(super) fn print(out: &mut impl Write, report: &Report, folder: &Path, languages: Languages) -> anyhow::Result<()> {
    let progress = &report.progress;
    let seconds = report.duration.as_secs_f64();
    write!(out, "{} documents", progress.documents)?;
    if let Some((first, last)) = progress.days {
        if first == last {
            write!(out, " of {first}")?;
        } else {
            write!(out, " from {first} to {last}")?;
        }
    }
    writeln!(
        out,
        ", {} mentions of {} entities, {} errors, {seconds:.1} s ({:.1} MB/s)",
        progress.mentions,
        report.entities.height(),
        progress.failures,
        progress.text_bytes as f64 / 1e6 / seconds.max(1e-3),
    )?;
    if progress.duplicates > 0 {
        writeln!(out, "{} of them are duplicates of others (column duplicate_of)", progress.duplicates)?;
    }
    if progress.foreign > 0 {
        let searched = match languages {
            Languages::German => "were not searched (column language; --any-language searches them)",
            Languages::Any => "were searched all the same (column language)",
        };
        writeln!(out, "{} are not in German and {searched}", progress.foreign)?;
    }
    let entities = &report.entities;
    let text = |column: &str, row: usize| -> anyhow::Result<String> {
        Ok(entities.column(column)?.str()?.get(row).unwrap_or("").to_owned())
    };
    let count =
        |column: &str, row: usize| -> anyhow::Result<u32> { Ok(entities.column(column)?.u32()?.get(row).unwrap_or(0)) };
    if entities.height() > 0 {
        writeln!(out, "\n{}", "mentions  documents  kind          entity".bold())?;
    }
    for row in 0..entities.height().min(SHOWN) {
        writeln!(
            out,
            "{:>8}  {:>9}  {:<12}  {}  {}",
            count("mentions", row)?,
            count("documents", row)?,
            text("kind", row)?,
            text("name", row)?,
            text("entity", row)?.dimmed()
        )?;
    }
    if progress.failures > 0 {
        writeln!(out, "\nwhat went wrong is listed in the table errors")?;
    }
    writeln!(out, "\ntables in {}", folder.display())?;
    Ok(())
}
