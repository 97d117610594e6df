//! `ressort show INPUT`.

mod wrap;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::ensure;
use owo_colors::{OwoColorize, Style};

use crate::date::parse_day;
use crate::document::{Annotation, DateSource, Document, Evidence, Kind, Mention};
use crate::pipeline::Pipeline;
use crate::read::{self, ReadOptions};
use crate::report::{DocumentView, Language};
use crate::resolve::Anaphors;
use wrap::Wrap;

/// Shows documents with their mentions highlighted.
///
/// Colours tell the kinds apart; without colours (`NO_COLOR`, or where the output is no terminal) mentions stand in
/// brackets with their kind. Below the text they are listed with what they are linked to; --why adds the reasons. With
/// --html the same goes into one HTML file, for standard output unless -o names one.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text file, JSON Lines file, folder, pattern, or - for standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// Explains why each mention was accepted and linked.
    #[arg(long)]
    why: bool,
    /// Writes an HTML page: mentions coloured, with link, evidence and confidence on hover, and topics with their terms.
    #[arg(long)]
    html: bool,
    /// The HTML file.
    #[arg(short, long, value_name = "FILE", requires = "html")]
    output: Option<PathBuf>,
    /// Language of the HTML page: de or en.
    #[arg(long, value_name = "LANGUAGE", default_value = "de", requires = "html")]
    lang: Language,
    /// Day of documents without one of their own.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Gazetteer of your own (TSV or CSV); can be given several times.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Leaves general words (der Freistaat) alone that stand for names said before.
    #[arg(long)]
    no_anaphors: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let date = args.date.as_deref().map(parse_day).transpose()?;
    let mut builder = Pipeline::builder();
    if args.no_anaphors {
        builder = builder.anaphors(Anaphors::Ignore);
    }
    for file in &args.gazetteer {
        builder = builder.gazetteer_file(file);
    }
    let pipeline = builder.build()?;
    let (sources, failures) = read::expand(&args.input);
    let outcomes = failures
        .into_iter()
        .map(Err)
        .chain(sources.into_iter().flat_map(|source| source.documents(&ReadOptions::default())));
    let (mut shown, mut failed) = (0, 0);
    let mut out = anstream::stdout().lock();
    let mut view = args.html.then(|| DocumentView::new(args.lang));
    let width = terminal_width();
    for outcome in outcomes {
        match outcome {
            Ok(mut document) => {
                if document.date.is_none() && date.is_some() {
                    document.date = date;
                    document.date_source = Some(DateSource::Given);
                }
                match &mut view {
                    Some(view) => view.push(pipeline.gazetteer(), &document, &pipeline.annotate(&document)),
                    None => {
                        if shown > 0 {
                            writeln!(out)?;
                        }
                        show(&mut out, &pipeline, &document, args.why, width)?;
                    }
                }
                shown += 1;
            }
            Err(failure) => {
                failed += 1;
                writeln!(anstream::stderr(), "ressort: {}", failure.message)?;
            }
        }
    }
    ensure!(shown > 0, "no document could be read");
    match (view, &args.output) {
        (Some(view), Some(path)) => super::report::write_whole(path, &view.finish())?,
        (Some(view), None) => out.into_inner().write_all(view.finish().as_bytes())?,
        (None, _) => {}
    }
    Ok(ExitCode::from(u8::from(failed > 0)))
}

/// Columns of the terminal on standard output; `None` where it is none.
fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0.into())
}

fn show(
    out: &mut impl Write,
    pipeline: &Pipeline,
    document: &Document,
    why: bool,
    columns: Option<usize>,
) -> std::io::Result<()> {
    let annotation = pipeline.annotate(document);
    let basis = annotation.date;
    let day = basis.day().map_or_else(|| "no date".to_owned(), |day| format!("{day} ({})", basis.as_str()));
    writeln!(out, "{}  {}", document.id.bold(), day.dimmed())?;
    show_text(out, document, &annotation, columns)?;
    writeln!(out)?;
    let width = annotation.mentions.iter().map(|mention| mention.span.of(&document.text).chars().count()).max();
    // A third of the terminal for the surfaces, so that what they are linked to has room.
    let width = width.unwrap_or(0).min(columns.map_or(48, |columns| (columns / 3).clamp(12, 48)));
    for mention in &annotation.mentions {
        show_mention(out, pipeline, document, mention, width, why)?;
    }
    for topic in &annotation.topics {
        let terms = topic.terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(", ");
        writeln!(out, "{:.2} {}  {}", topic.score, topic.topic.bold(), terms.dimmed())?;
    }
    Ok(())
}

fn show_text(
    out: &mut impl Write,
    document: &Document,
    annotation: &Annotation,
    columns: Option<usize>,
) -> std::io::Result<()> {
    let text = &document.text;
    let (plain, mut at) = (Style::new(), 0);
    let mut wrap = Wrap::new(out, columns);
    for mention in &annotation.mentions {
        let (start, end) = (mention.span.start as usize, mention.span.end as usize);
        wrap.push(&text[at..start], plain)?;
        // Styles are dropped where they are not wanted, the brackets stay.
        wrap.push("[", plain)?;
        wrap.push(&text[start..end], style(mention.kind))?;
        wrap.push("]", plain)?;
        wrap.push(&format!("({})", mention.kind), plain.dimmed())?;
        at = end;
    }
    wrap.push(&text[at..], plain)?;
    wrap.finish()
}

fn show_mention(
    out: &mut impl Write,
    pipeline: &Pipeline,
    document: &Document,
    mention: &Mention,
    width: usize,
    why: bool,
) -> std::io::Result<()> {
    let gazetteer = pipeline.gazetteer();
    let surface = mention.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let entity = mention.entity.map_or("?", |key| gazetteer.entity(key).id.as_ref());
    write!(out, "{:>5.2}  {:width$}  {}", mention.confidence, surface.style(style(mention.kind)), entity)?;
    if let Some(holder) = mention.holder {
        write!(out, " held by {}", gazetteer.entity(holder).id)?;
    }
    if let Some(modifier) = mention.modifier {
        write!(out, ", {modifier}")?;
    }
    let flags: Vec<&str> = mention.flags.names().collect();
    if !flags.is_empty() {
        write!(out, "  {}", flags.join(" ").dimmed())?;
    }
    writeln!(out)?;
    if why {
        let mut reasons = vec![format!("found by its {}", mention.via)];
        reasons.extend(mention.evidence.iter().map(|evidence| reason(*evidence).to_owned()));
        if !mention.candidates.is_empty() {
            let candidates = mention.candidates.iter().map(|key| gazetteer.entity(*key).id.as_ref());
            reasons.push(format!("could be {}", candidates.collect::<Vec<_>>().join(" or ")));
        }
        writeln!(out, "       {}", reasons.join("; ").dimmed())?;
    }
    Ok(())
}

/// Colours that are told apart with red-green blindness as far as eight colours allow; kinds that are alike share one.
fn style(kind: Kind) -> Style {
    let style = Style::new().bold();
    match kind {
        Kind::Ministry | Kind::Body => style.blue(),
        Kind::Politician => style.magenta(),
        Kind::Office => style.magenta().underline(),
        Kind::Parliament | Kind::Party => style.cyan(),
        Kind::Land | Kind::Municipality => style.green(),
        Kind::Programme | Kind::Law => style.yellow(),
        Kind::Event | Kind::Association => style.red(),
    }
}

/// The reason in words.
fn reason(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::UniqueName => "the name means only this",
        Evidence::ValidOnDay => "it was the name on the day",
        Evidence::HistoricName => "the name is historic on the day",
        Evidence::HolderOnDay => "the holder on the day",
        Evidence::NamedHolder => "the person named with it held the office",
        Evidence::LandBeside => "the Land stands beside it",
        Evidence::LandOfDocument => "it is the Land of the document",
        Evidence::FullNameInDocument => "the full name stands in the document",
        Evidence::TitleBefore => "an office or title stands before it",
        Evidence::PartyBehind => "the party stands behind it",
        Evidence::LongFormInDocument => "the long form stands in the document",
        Evidence::Company => "other names of politics or administration stand near",
        Evidence::CompoundPart => "it is part of a compound",
        Evidence::Antecedent => "it stands for the last name of its kind",
        Evidence::Form => "the form of the word says what it is",
        Evidence::Citation => "a section is cited before it",
        Evidence::LatestReading => "no date is known, so the latest reading",
    }
}
