//! Shows the documents that the readers make of files: `cargo run --no-default-features --features formats --example
//! documents -- FILE…`

#![allow(clippy::print_stdout, reason = "it is a program that prints")]

use ressort::read::{ReadOptions, Source};

fn main() {
    for path in std::env::args_os().skip(1) {
        for outcome in Source::File(path.into()).documents(&ReadOptions::default()) {
            match outcome {
                Ok(document) => {
                    let date = document.date.map(|day| day.to_string()).unwrap_or_default();
                    let source = document.date_source.map_or("", ressort::document::DateSource::as_str);
                    println!("=== {}  [{date} {source}]", document.id);
                    println!("kicker: {:?}\ntitle:  {:?}", document.kicker, document.title);
                    if !document.extra.is_empty() {
                        println!("extra:  {}", serde_json::Value::from(document.extra));
                    }
                    println!("{}", document.text);
                }
                Err(failure) => println!("!!! {failure}"),
            }
        }
    }
}
