//! Web pages: the main text of an article, or the items of a list.

mod blocks;
mod day;
mod items;
mod main_text;
mod meta;
mod parse;
mod sink;

use super::charset::decode_with;
use super::finish::{finish, refused};
use super::options::{ReadOptions, Split};
use super::piece::Outcomes;
use crate::document::Document;

pub(super) use parse::declared;

/// Why a page cannot be read.
pub(super) type Refused = String;

pub(super) fn documents(bytes: &[u8], name: &str, options: &ReadOptions) -> Outcomes {
    let (text, replaced) = decode_with(bytes, declared(bytes).as_deref());
    match page(&text, options) {
        Ok(mut documents) => {
            if let Some(first) = documents.first_mut() {
                first.replaced = replaced;
            }
            finish(documents, name, None)
        }
        Err(message) => refused(name, message),
    }
}

/// The documents of a page: its items where it is a list, else its main text.
pub(super) fn page(html: &str, options: &ReadOptions) -> Result<Vec<Document>, Refused> {
    guarded(|| {
        let tree = parse::parse(html)?;
        let meta = meta::Meta::of(&tree);
        let items = match options.split {
            Split::Auto => items::items(&tree, &meta),
            Split::None => None,
        };
        Ok(items.unwrap_or_else(|| vec![main_text::article(tree, &meta)]))
    })
}

/// The text of a fragment of HTML, such as the description in a feed.
#[cfg(any(feature = "feed", feature = "mail"))]
pub(super) fn fragment(html: &str) -> Result<String, Refused> {
    guarded(|| Ok(blocks::lines_of(&parse::parse(html)?)))
}

/// The parser and the search for the main text are not ours: whatever a page does to them, the batch goes on.
fn guarded<T>(read: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    super::guard::guarded(read).unwrap_or_else(|_| Err("the page breaks the HTML reader; save it as text".to_owned()))
}

#[cfg(test)]
mod tests;
