use polars::prelude::*;

use super::*;
use crate::document::Stage;
use crate::pipeline::Pipeline;

fn frames() -> Frames {
    let pipeline = Pipeline::builder().build().unwrap();
    let mut tables = Tables::default();
    for (id, date, text) in [
        ("a", "2025-10-08", "Für das BMDS sprach Karsten Wildberger. Bayern und Hessen folgen."),
        ("b", "2023-11-21", "Das BMDV und Thüringen luden ein."),
        ("c", "2025-10-09", "Das BMDS lädt Bayern ein."),
    ] {
        let document = Document { id: id.to_owned(), ..Document::new(text).with_date(date.parse().unwrap()) };
        tables.push(pipeline.gazetteer(), &document, &pipeline.annotate(&document));
    }
    tables.fail(&Failure::new("quelle.txt", None, Stage::Read, "kaputt"));
    tables.finish(pipeline.gazetteer()).unwrap()
}

fn texts(frame: &DataFrame, column: &str) -> Vec<String> {
    frame.column(column).unwrap().str().unwrap().iter().map(|cell| cell.unwrap_or("-").to_owned()).collect()
}

#[test]
fn the_columns_are_those_of_the_contract() {
    let frames = frames();
    let expected = [
        "doc_id source item title kicker date date_source language chars tokens sentences mentions topic as_of \
         as_of_source duplicate_of",
        "doc_id mention start end start_byte end_byte sentence surface kind entity name via holder modifier land region \
         confidence context candidates evidence flags",
        "entity kind name abbreviation wikidata ags iso party land parent valid_from valid_to mentions documents \
         first_date last_date",
        "doc_id topic label score rank terms",
        "entity_a entity_b documents sentences npmi first_date last_date",
        "what id name kind month mentions documents share",
        "source item stage message",
    ];
    for ((table, frame), expected) in frames.into_tables().into_iter().zip(expected) {
        let columns: Vec<&str> = frame.get_column_names().into_iter().map(PlSmallStr::as_str).collect();
        assert_eq!(columns.join(" "), expected, "{}", table.as_str());
    }
}

#[test]
fn mentions_point_into_the_text() {
    let mentions = frames().mentions;
    assert_eq!(texts(&mentions, "surface")[..3], ["BMDS", "Karsten Wildberger", "Bayern"]);
    assert_eq!(texts(&mentions, "land")[2], "by");
    assert_eq!(texts(&mentions, "context")[2], "Bayern und Hessen folgen.");
    let numbers = |column: &str| mentions.column(column).unwrap().u32().unwrap().get(0).unwrap();
    assert_eq!((numbers("start"), numbers("start_byte")), (8, 9));
}

#[test]
fn entities_are_counted_over_all_documents() {
    let frames = frames();
    assert_eq!(texts(&frames.entities, "entity")[..2], ["land:by", "ministry:bund/digitales"]);
    let first = frames.entities.column("first_date").unwrap();
    assert_eq!(first.dtype(), &DataType::Date);
    assert_eq!(first.get(0).unwrap().to_string(), "2025-10-08");
    let pairs = frames.cooccurrences;
    assert_eq!(
        (texts(&pairs, "entity_a")[0].as_str(), texts(&pairs, "entity_b")[0].as_str()),
        ("land:by", "ministry:bund/digitales")
    );
    let count = |column: &str| pairs.column(column).unwrap().u32().unwrap().get(0).unwrap();
    assert_eq!((count("documents"), count("sentences")), (2, 1));
}

#[test]
fn entities_and_topics_are_counted_by_month() {
    let frames = frames();
    let counts = &frames.counts;
    let ids = texts(counts, "id");
    let months: Vec<String> = texts_of_days(counts, "month");
    let row = ids.iter().position(|id| id == "land:by").unwrap();
    let number = |column: &str| counts.column(column).unwrap().u32().unwrap().get(row).unwrap();
    assert_eq!((months[row].as_str(), number("mentions"), number("documents")), ("2025-10-01", 2, 2));
    assert!((counts.column("share").unwrap().f64().unwrap().get(row).unwrap() - 1.0).abs() < 1e-9);
    // What is counted by month adds up to what is counted over all.
    let sum = |frame: &DataFrame, column: &str| frame.column(column).unwrap().u32().unwrap().sum();
    assert_eq!(sum(counts, "mentions"), sum(&frames.entities, "mentions"));
    let of_topics: BooleanChunked =
        counts.column("what").unwrap().str().unwrap().iter().map(|what| what == Some("topic")).collect();
    let topics = counts.filter(&of_topics).unwrap();
    assert_eq!(sum(&topics, "documents").unwrap_or(0) as usize, frames.topics.height());
}

fn texts_of_days(frame: &DataFrame, column: &str) -> Vec<String> {
    let cells = frame.column(column).unwrap().cast(&DataType::String).unwrap();
    cells.str().unwrap().iter().map(|cell| cell.unwrap_or("-").to_owned()).collect()
}
