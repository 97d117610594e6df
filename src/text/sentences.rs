//! Sentences, from tokens.

use super::abbreviations::{begins_sentence, can_end_sentence, opens_sentence};
use super::lines::{Break, Lines};
use super::stops::{Stops, is_break, is_mark, may_open};
use super::tokens::tokens_with_stops;
use crate::document::{Sentence, Span, Token, TokenKind};

/// The sentences of a text, from its tokens: every token lies in exactly one.
///
/// Headings and list items without a full stop are sentences of their own. Text that was wrapped at a fixed width
/// (printed papers, e-mails) is told from text with one paragraph a line by its line lengths. A running head of a printed
/// page in the middle of a sentence does not end it.
///
/// ```
/// use ressort::text::{sentences, tokens};
///
/// let text = "Der Gipfel fand am 20. und 21. November statt. Er war gut besucht.";
/// let tokens = tokens(text);
/// let sentences: Vec<_> = sentences(text, &tokens).iter().map(|sentence| sentence.span.of(text)).collect();
/// assert_eq!(sentences, ["Der Gipfel fand am 20. und 21. November statt.", "Er war gut besucht."]);
/// ```
#[must_use]
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 12 + 1);
    sentences_into(text, tokens, &mut sentences);
    sentences
}

/// Like [`sentences`], into a vector that the caller keeps from document to document.
///
/// ```
/// use ressort::text::{sentences_into, tokens};
///
/// let mut sentences = Vec::new();
/// for text in ["Es regnet. Es schneit.", "Es taut."] {
///     sentences_into(text, &tokens(text), &mut sentences);
/// }
/// assert_eq!(sentences.len(), 1);
/// ```
pub fn sentences_into(text: &str, tokens: &[Token], sentences: &mut Vec<Sentence>) {
    split(text, tokens, &Stops::of(text, tokens), sentences);
}

/// Tokens and sentences of a text in one go, which is faster than one after the other, into vectors that the caller
/// keeps from document to document. The same as [`tokens_into`](super::tokens_into) and then [`sentences_into`].
///
/// ```
/// use ressort::text::tokens_and_sentences_into;
///
/// let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
/// tokens_and_sentences_into("Es regnet. Es schneit.", &mut tokens, &mut sentences);
/// assert_eq!((tokens.len(), sentences.len()), (6, 2));
/// ```
pub fn tokens_and_sentences_into(text: &str, tokens: &mut Vec<Token>, sentences: &mut Vec<Sentence>) {
    let stops = tokens_with_stops(text, tokens);
    split(text, tokens, &stops, sentences);
}

/// Decides at each of the stops whether a sentence ends there.
fn split(text: &str, tokens: &[Token], stops: &Stops, sentences: &mut Vec<Sentence>) {
    sentences.clear();
    let Some(first) = tokens.first() else { return };
    let bytes = text.as_bytes();
    let mut lines = Lines::new(text, tokens);
    let mut start = first.span.start;
    // Tokens that a decision has taken in.
    let mut done = 1;
    for stop in stops.iter() {
        let (Some(index), Some(next)) = (stop.checked_sub(1), tokens.get(stop)) else { continue };
        if stop < done {
            continue;
        }
        let token = tokens[index];
        let mut last = index;
        let by_mark = is_mark(bytes, &token) && ends_sentence(text, tokens, &mut last);
        // Every line break is looked at, so that the width of the next line is known.
        let by_line = breaks_at(bytes, tokens, last) && lines.ends(last);
        let glued = || {
            next.kind == TokenKind::Word
                && last == index
                && may_open(bytes, *next)
                && is_glued(text, tokens, index, start)
        };
        if by_mark || by_line || glued() {
            let Some(next) = tokens.get(last + 1) else { break };
            sentences.push(Sentence { span: Span::new(start, tokens[last].span.end) });
            start = next.span.start;
        }
        done = last + 2;
    }
    if let Some(last) = tokens.last() {
        sentences.push(Sentence { span: Span::new(start, last.span.end) });
    }
}

/// Whether more than one blank lies behind the token.
#[inline]
fn breaks_at(bytes: &[u8], tokens: &[Token], index: usize) -> bool {
    tokens.get(index + 1).is_some_and(|next| is_break(bytes, tokens[index].span.end as usize, next.span.start as usize))
}

/// Whether the token behind `index` begins a sentence although no mark stands before it: a headline, a signature or a
/// sloppy comment to which the next sentence was glued (`Absolut zu empfehlen Seit 1964 ist mein Mann …`).
///
/// In the middle of a sentence German writes pronouns, conjunctions and finite verbs small. A capital shows a beginning,
/// unless a name or title stands there: so only words count that names do not begin with, before a small letter or
/// number, and not behind what opens a quotation or a title.
fn is_glued(text: &str, tokens: &[Token], index: usize, start: u32) -> bool {
    let Some(next) = tokens.get(index + 1) else { return false };
    // `vertagte Weil den Beschluss`: the one starter that is a well-known surname.
    if next.kind != TokenKind::Word || !opens_sentence(next.span.of(text)) || next.span.of(text) == "Weil" {
        return false;
    }
    let token = tokens[index];
    let word = token.span.of(text);
    let before = match token.kind {
        TokenKind::Word => !opens_name(word),
        TokenKind::Number | TokenKind::Url => true,
        TokenKind::Punctuation => {
            // Not behind the letter of a list: `a) Wenn ja …`.
            token.span.start > start + 12 && tokens[index - 1].span.len() > 2 && matches!(word, ")" | "“" | "''" | "\"")
        }
        TokenKind::Symbol => !matches!(word, "&" | "/" | "+" | "§" | "="),
        _ => false,
    };
    let lower = tokens.get(index + 2).is_some_and(|after| {
        after.span.start > next.span.end
            && (after.kind == TokenKind::Number || after.span.of(text).starts_with(char::is_lowercase))
    });
    before
        && lower
        && token.span.end < next.span.start
        && token.span.start > start
        && !in_quotation(text, start, token.span.end)
}

/// Words behind which a capital can belong to a name or title: articles, prepositions, and what names a work.
fn opens_name(word: &str) -> bool {
    matches!(
        word,
        "der"
            | "die"
            | "das"
            | "dem"
            | "den"
            | "des"
            | "ein"
            | "eine"
            | "von"
            | "vom"
            | "zum"
            | "zur"
            | "für"
            | "mit"
            | "in"
            | "im"
            | "am"
            | "an"
            | "auf"
            | "bei"
            | "und"
            | "oder"
            | "als"
            | "wie"
            | "Der"
            | "Die"
            | "Das"
            | "Film"
            | "Buch"
            | "Titel"
            | "Motto"
            | "Thema"
            | "Initiative"
            | "Projekt"
            | "Kampagne"
            | "Programm"
            | "Album"
            | "Song"
            | "Lied"
            | "Roman"
            | "Serie"
            | "Sendung"
            | "Verein"
            | "Band"
            | "Stück"
            | "Magazin"
            | "Aktion"
            | "Bündnis"
            | "The"
            | "Liste"
            | "Partei"
            | "Frage"
            | "Prinzip"
            | "Ausstellung"
            | "Veranstaltung"
            | "Reihe"
            | "Studie"
    ) || word.ends_with('-')
}

/// Whether a quotation that opened behind `start` is still open at `end`.
fn in_quotation(text: &str, start: u32, end: u32) -> bool {
    let mut open = false;
    for c in text.get(start as usize..end as usize).unwrap_or("").chars() {
        match c {
            '„' | '»' | '‚' => open = true,
            '“' | '”' | '«' | '‘' => open = false,
            '"' => open = !open,
            _ => {}
        }
    }
    open
}

/// Marks that belong to the sentence that they follow without a space.
fn closes(mark: &str) -> bool {
    matches!(mark, "“" | "”" | "\"" | "«" | "»" | "‹" | "›" | "‘" | "’" | "'" | "''" | ")" | "]")
}

/// Whether the token at `*at` ends a sentence by its mark; moves `*at` on to the closing marks behind it.
fn ends_sentence(text: &str, tokens: &[Token], at: &mut usize) -> bool {
    let token = tokens[*at];
    let first = text.as_bytes()[token.span.start as usize];
    let abbreviation = token.kind == TokenKind::Abbreviation;
    if token.kind == TokenKind::Symbol {
        return is_face_at_end(text, tokens, *at);
    }
    // „…“ begins with the byte 0xE2, as do all marks of typesetting.
    if !abbreviation && !matches!(first, b'.' | b'!' | b'?' | 0xE2) {
        return false;
    }
    let mark = token.span.of(text);
    if first == b'.' && is_leader(text, tokens, *at) {
        return false;
    }
    if !abbreviation && first == 0xE2 && mark != "…" {
        return false;
    }
    // Further marks of the same end: `?!`, and closing quotes and brackets.
    let mut last = *at;
    while let Some(next) = tokens.get(last + 1) {
        let glued = next.span.start == tokens[last].span.end;
        let mark = next.span.of(text);
        if !(glued
            && next.kind == TokenKind::Punctuation
            && (closes(mark) || matches!(mark.as_bytes()[0], b'!' | b'?' | b'.')))
        {
            break;
        }
        last += 1;
    }
    let before = *at;
    let is_final = || {
        can_end_sentence(mark)
            || (before > 0 && can_end_sentence(&text[tokens[before - 1].span.start as usize..token.span.end as usize]))
    };
    let Some(next) = tokens.get(last + 1) else {
        if abbreviation && !is_final() {
            return false;
        }
        *at = last;
        return true;
    };
    let gap = &text[tokens[last].span.end as usize..next.span.start as usize];
    let word = next.span.of(text);
    let first = word.chars().next().unwrap_or(' ');
    let ends = if abbreviation {
        // Behind an abbreviation only a word that begins sentences shows an end.
        (gap.contains("\n\n") || (!gap.is_empty() && begins_sentence(word))) && is_final()
    } else if gap.is_empty() {
        // `Wort.Wort`: glued by a web page; a comma or a bracket goes on.
        // `Rettenbach a.Auerberg` is no end.
        let single = *at > 0 && tokens[*at - 1].span.len() == 1;
        mark == "." && next.kind == TokenKind::Word && first.is_uppercase() && last == *at && !single
    } else if gap.contains('\n') && is_list_letter(tokens, last + 1, text) {
        true
    } else if first.is_lowercase() {
        goes_on_small(tokens, *at, mark, gap, next, word)
    } else {
        !matches!(word, "," | ";" | ":" | ")" | "]" | "–" | "—" | "-")
            || (mark == "." && matches!(word, "–" | "—" | "-"))
    };
    if ends {
        *at = last;
    }
    ends
}

/// `a)` at the beginning of a line.
fn is_list_letter(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens[at].span.len() <= 2
        && tokens.get(at + 1).is_some_and(|next| next.span.start == tokens[at].span.end && next.span.of(text) == ")")
}

/// Dots that lead from an entry of a table of contents to its page: `Erläuterungen ........ 12`, `. . . . 12`.
fn is_leader(text: &str, tokens: &[Token], at: usize) -> bool {
    let dots = |token: Option<&Token>| token.is_some_and(|token| text.as_bytes()[token.span.start as usize] == b'.');
    tokens[at].span.len() >= 8
        || (dots(tokens.get(at + 1)) && tokens[at].kind == TokenKind::Punctuation)
        || (at > 0 && dots(tokens.get(at - 1)) && tokens[at - 1].span.end < tokens[at].span.start)
}

/// Whether a sentence ends before a small letter. `(Beifall!) rief er`, `sagte er. oder`: mostly it goes on, unless the
/// name is written so (`ver.di`), a teaser closes (`mehr...`), or a line was full of something else: a box in the middle
/// of a page (`… den Fragetext.⏎notwendige Handlungsoptionen …`).
fn goes_on_small(tokens: &[Token], at: usize, mark: &str, gap: &str, next: &Token, word: &str) -> bool {
    let boxed = mark == "."
        && gap.contains('\n')
        && at > 0
        && tokens[at - 1].kind == TokenKind::Word
        && tokens[at - 1].span.len() > 6;
    next.kind == TokenKind::Url
        || (word.contains('.') && next.kind == TokenKind::Word)
        || boxed
        || (mark != "…" && !mark.starts_with("..") && is_lower_start(word))
}

/// An emoticon or emoji behind which a sentence begins closes the one before: `weiterempfehlen ;-) So eben war ich …`.
fn is_face_at_end(text: &str, tokens: &[Token], at: usize) -> bool {
    let face = tokens[at].span.of(text);
    let is_face = face.chars().next().is_some_and(|c| matches!(c, ':' | ';') || c >= '\u{2600}') && face.len() >= 2;
    is_face
        && tokens.get(at + 1).is_some_and(|next| {
            next.span.start > tokens[at].span.end && next.kind == TokenKind::Word && begins_sentence(next.span.of(text))
        })
}

/// Small words with which a sentence or teaser link begins although they are not capitalised: `mehr...`, `eGovernment`.
fn is_lower_start(word: &str) -> bool {
    matches!(word, "mehr" | "weiterlesen") || word.chars().nth(1).is_some_and(char::is_uppercase)
}

impl Lines<'_> {
    /// Whether the line break behind a token, if there is one, ends a sentence.
    #[inline]
    fn ends(&mut self, index: usize) -> bool {
        self.at(index) == Break::Ends
    }
}
