//! Line breaks: where one ends a sentence that has no mark at its end, and where it was only the paper that ended.

use super::abbreviations::begins_sentence;
use super::numbers::{counts, is_month};
use crate::document::{Token, TokenKind};

/// What a line break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// The sentence goes on in the next line, or there is no line break.
    GoesOn,
    /// A heading, list item or paragraph is over.
    Ends,
}

/// The lines of a text, visited from the first to the last.
pub(super) struct Lines<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Width of the longest wrapped line in bytes, 0 where a line is a paragraph; `None` before it is asked for.
    wrap: Option<usize>,
    /// Where the current line begins.
    start: usize,
    /// Where the line before the current one began.
    last: usize,
    /// Width of the line before, in bytes; 0 at the beginning of a paragraph.
    before: usize,
    /// End of a running head in the middle of an open sentence.
    head: usize,
}

impl<'a> Lines<'a> {
    pub(super) const fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, wrap: None, start: 0, last: 0, before: 0, head: 0 }
    }

    /// What lies behind the token at `index`, whose line is not over before.
    #[inline]
    pub(super) fn at(&mut self, index: usize) -> Break {
        let Some(next) = self.tokens.get(index + 1) else { return Break::GoesOn };
        let (end, begin) = (self.tokens[index].span.end as usize, next.span.start as usize);
        let bytes = self.text.as_bytes();
        let breaks = match bytes.get(end..begin) {
            Some([b'\n']) => 1,
            gap => gap.unwrap_or_default().iter().filter(|&&byte| byte == b'\n').count(),
        };
        if breaks == 0 {
            return Break::GoesOn;
        }
        let width = end.saturating_sub(self.start);
        let before = std::mem::replace(&mut self.before, width);
        self.last = std::mem::replace(&mut self.start, begin);
        // A sentence that goes on with a small letter: what most lines of wrapped text do.
        if breaks == 1
            && bytes[begin].is_ascii_lowercase()
            && next.span.len() > 1
            && end > self.head
            && bytes[begin + 1] != b' '
        {
            return Break::GoesOn;
        }
        self.look(index, breaks, width, before)
    }

    fn look(&mut self, index: usize, breaks: usize, width: usize, before: usize) -> Break {
        let (end, begin) = (self.tokens[index].span.end as usize, self.tokens[index + 1].span.start as usize);
        if end <= self.head {
            return if end == self.head { Break::GoesOn } else { self.decide(index, breaks, width, before) };
        }
        if let Some(head) = self.running_head(begin) {
            // The sentence that it interrupts goes on behind it with a small letter.
            let rest = self.text[head..].trim_start();
            if self.is_open(index) || rest.starts_with(char::is_lowercase) {
                self.head = head;
                return Break::GoesOn;
            }
            return Break::Ends;
        }
        self.decide(index, breaks, width, before)
    }

    fn decide(&mut self, index: usize, breaks: usize, width: usize, before: usize) -> Break {
        let (token, next) = (self.tokens[index], self.tokens[index + 1]);
        if breaks > 1 {
            self.before = 0;
            return Break::Ends;
        }
        let last = token.span.of(self.text);
        let word = next.span.of(self.text);
        let first = word.chars().next().unwrap_or(' ');
        let ends = |ends: bool| if ends { Break::Ends } else { Break::GoesOn };
        if matches!(first, '•' | '·' | '\u{F0B7}' | '▪' | '■' | '➢') {
            return Break::Ends;
        }
        // Letters with spaces between them are a heading.
        if may_be_spaced_out(last) | may_be_spaced_out(word) && (is_spaced_out(last) || is_spaced_out(word)) {
            return ends(!(is_spaced_out(last) && is_spaced_out(word)));
        }
        // A line that ends with a comma, a colon, a hyphen or an abbreviation goes on, and so does one before a small
        // letter.
        let open = match token.kind {
            TokenKind::Abbreviation => true,
            TokenKind::Punctuation => matches!(last, "," | ":" | ";" | "–" | "-" | "(" | "„" | "/"),
            TokenKind::Symbol => matches!(last, "§" | "§§"),
            _ => last.as_bytes().last() == Some(&b'-'),
        };
        if open || first.is_lowercase() || last.ends_with('-') {
            return Break::GoesOn;
        }
        // So does one behind an article or a preposition, and one before a remark in brackets, but not before the number
        // of a paragraph: `(1) Der Antrag …`.
        let remark = first == '(' && !self.text[next.span.end as usize..].starts_with(|c: char| c.is_ascii_digit());
        let starts =
            || next.kind == TokenKind::Word && begins_sentence(word) && !is_address(word) && !self.is_party(index + 1);
        let small = token.kind == TokenKind::Word && last.starts_with(char::is_lowercase);
        let starts = small && starts();
        if remark || (small && !starts && is_function_word(last)) {
            return Break::GoesOn;
        }
        let Some(longest) = self.wrapped_width() else { return Break::Ends };
        // Behind an article, a preposition or any other small word something is missing, unless a sentence begins.
        if small {
            return ends(starts || next.kind == TokenKind::Ordinal);
        }
        let item = matches!(next.kind, TokenKind::Ordinal) || matches!(first, '–' | '-') || word.starts_with('[');
        if !(item || first.is_uppercase() || first.is_numeric() || matches!(first, '„' | '(' | '§' | '*' | '►')) {
            return Break::GoesOn;
        }
        let rest = &self.text.as_bytes()[next.span.start as usize..];
        let ahead = memchr::memchr(b'\n', &rest[..rest.len().min(longest)]).unwrap_or(longest);
        // A table that was set upright leaves a letter or two in each line; nobody can read where its cells end.
        if width <= 4 && ahead <= 4 && before <= 4 && before > 0 {
            return Break::GoesOn;
        }
        // A line with room for the next word is a heading or the end of a paragraph. How wide its column is its
        // neighbours show: questions are set narrower than answers. Rows of a table are all of one length; they end
        // or begin with a number.
        let figures = token.kind == TokenKind::Number || matches!(next.kind, TokenKind::Number | TokenKind::Ordinal);
        let narrowest = if figures { longest * 3 / 5 } else { NARROW };
        let column = before.max(ahead).clamp(narrowest.min(longest), longest);
        let room = width + word.len() + if width < NARROW { 4 } else { 11 } < column;
        // Three numbers are a row; two can be thousands: `737 237⏎Reiseausweise`.
        let row = || index > 1 && self.tokens[index - 2..=index].iter().all(|token| token.kind == TokenKind::Number);
        ends(
            (room || row())
                && !counts(last)
                && !self.belongs(index)
                && !is_adjective(last)
                && !self.is_in_brackets(token.span.end),
        )
    }

    /// Whether what stands before and behind the line break is one expression: `31. Dezember⏎2024`, `54⏎Prozent`,
    /// `Absatz 1⏎AufenthG`.
    fn belongs(&self, index: usize) -> bool {
        let (token, next) = (self.tokens[index], self.tokens[index + 1]);
        let (last, word) = (token.span.of(self.text), next.span.of(self.text));
        // `43. Abgeordneter⏎Markus Matzerath`
        if matches!(last, "Abgeordneter" | "Abgeordnete") {
            return matches!(next.kind, TokenKind::Word | TokenKind::Abbreviation);
        }
        if token.kind == TokenKind::Number {
            let paragraph =
                index > 0 && matches!(self.tokens[index - 1].span.of(self.text), "§" | "§§" | "Artikel" | "Art.");
            if paragraph && counts(word) {
                return true;
            }
            let law = index > 0
                && counts(self.tokens[index - 1].span.of(self.text))
                && word.chars().filter(|c| c.is_uppercase()).count() > 1;
            return law
                || matches!(
                    word,
                    "Prozent"
                        | "Euro"
                        | "Mio."
                        | "Mrd."
                        | "Millionen"
                        | "Milliarden"
                        | "Uhr"
                        | "Cent"
                        | "Minuten"
                        | "Stunden"
                        | "Tage"
                        | "Monate"
                        | "Jahre"
                        | "Personen"
                );
        }
        next.kind == TokenKind::Number && is_month(last)
    }

    /// Whether a bracket opened in this line and has not closed.
    fn is_in_brackets(&self, end: u32) -> bool {
        let line = self.text.as_bytes().get(self.last..end as usize).unwrap_or(&[]);
        let count = |byte: u8| memchr::memchr_iter(byte, line).count();
        memchr::memchr(b'(', line).is_some() && count(b'(') > count(b')')
    }

    /// Whether the sentence up to the token cannot be over: it ends with a small word, a comma or a hyphen.
    fn is_open(&self, index: usize) -> bool {
        let token = self.tokens[index];
        let last = token.span.of(self.text);
        match token.kind {
            TokenKind::Word => last.starts_with(char::is_lowercase) || last.ends_with('-'),
            TokenKind::Punctuation => matches!(last, "," | "(" | "„" | "–"),
            _ => false,
        }
    }

    /// `Die⏎Linke`: the article is part of the name.
    fn is_party(&self, index: usize) -> bool {
        self.tokens[index].span.of(self.text) == "Die"
            && self
                .tokens
                .get(index + 1)
                .is_some_and(|next| matches!(next.span.of(self.text), "Linke" | "LINKE" | "Grünen"))
    }

    /// The end of the running head of a printed paper that begins at `begin` and fills its line:
    /// `Deutscher Bundestag – 21. Wahlperiode – 3 – Drucksache 21/112`.
    fn running_head(&self, begin: usize) -> Option<usize> {
        let rest = &self.text[begin..];
        if !(rest.starts_with("Deutscher Bundestag –") || rest.starts_with("Drucksache ")) {
            return None;
        }
        let line = rest.split('\n').next().unwrap_or("");
        let head = line.len() < 110
            && line.contains("Wahlperiode")
            && line.contains("Drucksache")
            && line.contains("Deutscher Bundestag")
            && line.contains('–');
        head.then(|| begin + line.trim_end().len())
    }

    /// Width at which the lines of the text were wrapped, or `None` where a line is a paragraph.
    fn wrapped_width(&mut self) -> Option<usize> {
        Some(*self.wrap.get_or_insert_with(|| wrapped_width(self.text).unwrap_or(0))).filter(|&width| width > 0)
    }
}

/// The narrowest column that text is wrapped in, in bytes.
const NARROW: usize = 45;

/// Lines that are looked at to see how a text was wrapped, in each quarter of it: tables can stand anywhere.
const SAMPLE: usize = 60;

fn wrapped_width(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut middling, mut open, mut longest) = (0_usize, 0_usize, 0);
    for quarter in 0..4 {
        let begin = bytes.len() / 4 * quarter;
        let mut start = begin;
        let mut was_open = false;
        for end in memchr::memchr_iter(b'\n', &bytes[begin..]).map(|at| at + begin).chain([bytes.len()]).take(SAMPLE) {
            let line = bytes[start..end].trim_ascii();
            start = end + 1;
            let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
            // A line that ends with a small letter, before one that begins with one.
            open += usize::from(was_open) & usize::from(first.is_ascii_lowercase());
            let fits = (40..=130).contains(&line.len());
            was_open = fits && matches!(last, b'a'..=b'z' | b',');
            middling += usize::from(fits);
            longest = longest.max(if fits { line.len() } else { 0 });
        }
    }
    // Where a line is a paragraph, hardly one goes on in the next.
    (open > 0 && open * 20 > middling).then_some(longest)
}

/// A capitalised adjective at the end of a line (`Jährlicher⏎Erfüllungsaufwand`), told by its suffix; nouns that were
/// adjectives once are none.
fn is_adjective(word: &str) -> bool {
    let stem = word
        .strip_suffix("er")
        .or(word.strip_suffix("es"))
        .or(word.strip_suffix("en"))
        .or(word.strip_suffix('e'))
        .unwrap_or("");
    (stem.ends_with("lich") || stem.ends_with("isch") || stem == "Einmalig")
        && !["Jugendlich", "Geistlich", "Deutsch", "Angestellt"].iter().any(|noun| stem.ends_with(noun))
}

/// Words of polite address, capitalised in the middle of a sentence too.
fn is_address(word: &str) -> bool {
    matches!(word, "Sie" | "Ihr" | "Ihre" | "Ihrem" | "Ihren" | "Ihrer" | "Ihnen" | "Du" | "Dein" | "Deine")
}

/// Whether a token can be one with blanks between its letters: its second or third byte is a blank.
#[inline]
fn may_be_spaced_out(token: &str) -> bool {
    let blank = |at: usize| token.as_bytes().get(at) == Some(&b' ');
    blank(1) | blank(2)
}

/// `V o r b e m e r k u n g`: a token with blanks between its letters.
fn is_spaced_out(token: &str) -> bool {
    may_be_spaced_out(token) && token.split(' ').all(|letter| letter.chars().nth(1).is_none())
}

/// Words behind which a noun or number must follow.
fn is_function_word(word: &str) -> bool {
    word.len() <= 8
        && matches!(
            word,
            "ab" | "als"
                | "am"
                | "an"
                | "auf"
                | "aus"
                | "bei"
                | "beim"
                | "bis"
                | "das"
                | "dem"
                | "den"
                | "der"
                | "des"
                | "die"
                | "diese"
                | "diesem"
                | "diesen"
                | "dieser"
                | "durch"
                | "ein"
                | "eine"
                | "einem"
                | "einen"
                | "einer"
                | "eines"
                | "für"
                | "gegen"
                | "gemäß"
                | "ihre"
                | "ihrer"
                | "im"
                | "in"
                | "je"
                | "kein"
                | "keine"
                | "mit"
                | "nach"
                | "oder"
                | "ohne"
                | "per"
                | "pro"
                | "rund"
                | "sein"
                | "seine"
                | "seit"
                | "sowie"
                | "um"
                | "und"
                | "unter"
                | "vom"
                | "von"
                | "vor"
                | "zu"
                | "zum"
                | "zur"
                | "zwischen"
                | "über"
        )
}
