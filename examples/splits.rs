//! Counts the texts of JSON Lines on standard input that are taken for pages of several items, and names them.

#![allow(clippy::print_stdout, reason = "it is a program that prints")]

use std::io::BufRead;

use ressort::read::{line_date, record, split_page};

fn main() {
    let (mut texts, mut split, mut dated, mut right) = (0, 0, 0, 0);
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(document) = record(&line) else { continue };
        texts += 1;
        if let Some(items) = split_page(&document.text) {
            split += 1;
            println!(
                "{} has {} items: {:?}",
                document.id,
                items.len(),
                items.iter().take(4).map(|item| &item.title).collect::<Vec<_>>()
            );
        }
        if let Some(day) = line_date(&document.text) {
            dated += 1;
            right += u32::from(document.date == Some(day));
            if document.date != Some(day) {
                println!("{}: {:?}, read {day}", document.id, document.date);
            }
        }
    }
    println!(
        "{split} of {texts} texts are split; {dated} have a date line, {right} of these have the date of the record"
    );
}
