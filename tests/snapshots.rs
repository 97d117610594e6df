//! A whole page, as a reader would check it: each item with what was found in it.

use std::fmt::Write;

use ressort::{Layers, Pipeline};

#[test]
fn the_example_page() {
    let pipeline = Pipeline::builder().layers(Layers { mentions: true, topics: false }).build().unwrap();
    let gazetteer = pipeline.gazetteer();
    let mut shown = String::new();
    for item in ressort::read::split_page(include_str!("../examples/archive_page.txt")).expect("it is a page") {
        let day = item.date.map(|day| day.to_string()).unwrap_or_default();
        writeln!(shown, "{day} {}: {}", item.kicker.as_deref().unwrap_or("-"), item.title.as_deref().unwrap_or("-"))
            .unwrap();
        for mention in pipeline.annotate(&item).mentions {
            let id = |key| gazetteer.entity(key).id.as_ref();
            let entity = mention.entity.map_or("?", id);
            let holder = mention.holder.map(|key| format!(" held by {}", id(key))).unwrap_or_default();
            writeln!(shown, "  {} = {entity} ({}){holder}", mention.span.of(&item.text), mention.via).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}
