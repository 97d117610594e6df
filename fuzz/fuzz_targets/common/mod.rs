//! What holds for the documents of every reader.

use ressort::read::{Content, Format, Piece, ReadOptions};

/// Reads bytes in a format, and checks what comes out.
pub fn check(format: Format, data: &[u8]) {
    let content = Content::Bytes { format, first: 0, bytes: data.to_vec() };
    let outcomes = Piece { source: "2025-10-09_f".to_owned(), content, crawled: None, reached: 0 }
        .documents(&ReadOptions::default());
    assert!(!outcomes.is_empty(), "a file is a document or a failure");
    for outcome in outcomes {
        match outcome {
            Ok(document) => {
                for (span, part) in [(document.kicker_span, &document.kicker), (document.title_span, &document.title)] {
                    if let (Some(span), Some(part)) = (span, part) {
                        assert_eq!(&document.text[span.start as usize..span.end as usize], part);
                    }
                }
                assert_eq!(document.date.is_some(), document.date_source.is_some());
                assert!(!document.id.is_empty());
            }
            Err(failure) => assert!(!failure.message.is_empty()),
        }
    }
}
