//! `ressort report DIR`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};

use crate::gazetteer::Gazetteer;
use crate::report::{Language, Report};

/// Makes one HTML file of the tables that `ressort extract` wrote into a folder.
///
/// The file opens offline in any browser of today and can be mailed, printed and archived: overview, map of the Länder,
/// who is named with whom, topics, a page for each name, and filters for all of it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder with the tables of a run, as Parquet or CSV.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The file, or - for standard output. [default: report.html in DIR]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of the report: de or en.
    #[arg(long, value_name = "LANGUAGE", default_value = "de")]
    lang: Language,
    /// Headline of the report.
    #[arg(long)]
    title: Option<String>,
    /// Gazetteer of your own (TSV or CSV) that the run was made with; can be given several times.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    ensure!(
        args.folder.is_dir(),
        "{} is no folder; give the one that 'ressort extract -o' wrote",
        args.folder.display()
    );
    let mut builder = Gazetteer::builder();
    for file in &args.gazetteer {
        builder = builder.file(file);
    }
    let mut report = Report::new().language(args.lang);
    if let Some(title) = &args.title {
        report = report.title(title);
    }
    let html = report.html(&args.folder, &builder.build()?)?;
    let path = args.output.clone().unwrap_or_else(|| args.folder.join("report.html"));
    if path.as_os_str() == "-" {
        anstream::stdout().lock().into_inner().write_all(html.as_bytes())?;
    } else {
        write_whole(&path, &html)?;
        writeln!(anstream::stdout(), "{} ({:.1} MB)", path.display(), html.len() as f64 / 1e6)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a file that appears under its name only when it is complete.
pub(super) fn write_whole(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().with_context(|| format!("{} is no name of a file", path.display()))?);
    name.push(".part");
    let part = path.with_file_name(name);
    std::fs::write(&part, text)
        .and_then(|()| std::fs::rename(&part, path))
        .inspect_err(|_| drop(std::fs::remove_file(&part)))
        .with_context(|| format!("cannot write {}; check the folder, its rights and the space left", path.display()))
}
