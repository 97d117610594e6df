//! Reads bytes as a file, with all that is promised about what comes out.

use std::ops::ControlFlow;

use ressort::read::{Limits, ReadOptions, walk_bytes};

/// Reads bytes as a file of that name and checks the outcomes.
pub fn read(name: &str, bytes: &[u8]) {
    let limits = Limits { document_bytes: 1 << 18, held_bytes: 1 << 20, members: 200, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let mut pieces = 0;
    let flow = walk_bytes(name, bytes, &options, &mut |piece| {
        pieces += 1;
        assert!(pieces < 100_000, "no end");
        match piece {
            Err(failure) => assert!(failure.source.starts_with(name), "{failure:?}"),
            Ok(piece) => {
                for outcome in piece.documents(&options) {
                    match outcome {
                        Err(failure) => assert!(failure.source.starts_with(name), "{failure:?}"),
                        Ok(document) => {
                            assert!(document.source.starts_with(name) && !document.id.is_empty(), "{document:?}");
                            for span in [document.title_span, document.kicker_span].into_iter().flatten() {
                                let _ = span.of(&document.text);
                            }
                        }
                    }
                }
            }
        }
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
}
