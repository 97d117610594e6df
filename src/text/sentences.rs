//! Sentences, from tokens.

use super::abbreviations::{
    begins_sentence, can_end_sentence, first_bytes_of_openers, may_open_sentence, opens_sentence,
};
use super::lines::{Break, Lines};
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
    sentences.clear();
    let Some(first) = tokens.first() else { return };
    let bytes = text.as_bytes();
    let mut lines = Lines::new(text, tokens);
    let mut start = first.span.start;
    let mut index = 0;
    while let Some(quiet) = quiet(bytes, tokens.get(index..).unwrap_or(&[])) {
        index += quiet;
        let (token, next) = (tokens[index], tokens[index + 1]);
        let mark = may_end(token.kind) != 0;
        let may_open = next.kind == TokenKind::Word;
        let mut last = index;
        let by_mark = mark && ends_sentence(text, tokens, &mut last);
        // Every line break is looked at, so that the width of the next line is known.
        let by_line = breaks_at(bytes, tokens, last) && lines.ends(last);
        if by_mark || by_line || (may_open && last == index && is_glued(text, tokens, index, start)) {
            let Some(next) = tokens.get(last + 1) else { break };
            sentences.push(Sentence { span: Span::new(start, tokens[last].span.end) });
            start = next.span.start;
        }
        index = last + 1;
    }
    if let Some(last) = tokens.last() {
        sentences.push(Sentence { span: Span::new(start, last.span.end) });
    }
}

/// How many tokens to pass over before something is to be decided between two of them; `None` where nothing is. Between
/// two words with one blank between them, and behind a comma, nothing is, and that is nearly always so.
#[inline]
fn quiet(bytes: &[u8], tokens: &[Token]) -> Option<usize> {
    let (mut token, rest) = tokens.split_first()?;
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let mut first = byte(token.span.start as usize);
    for (index, next) in rest.iter().enumerate() {
        let (start, end) = (next.span.start as usize, token.span.end as usize);
        // Asked without a branch for each condition: half of the capital letters would be guessed wrong.
        let (begins, second) = (byte(start), byte(start + 1));
        let mark = may_end(token.kind) & MARKS[usize::from(first)];
        let gap = start.wrapping_sub(end);
        let breaks = u8::from(gap > 1) | (u8::from(gap == 1) & u8::from(byte(end) == b'\n'));
        let opens = u8::from(OPENERS[usize::from(begins)]) & may_open_sentence(begins, second, next.span.len());
        if mark | breaks | opens != 0 {
            return Some(index);
        }
        (token, first) = (next, begins);
    }
    None
}

const PUNCTUATION: u8 = 1;
const SYMBOL: u8 = 2;
const ABBREVIATION: u8 = 4;

/// The kinds of token that can end a sentence by their own mark, as bits to compare with [`MARKS`].
#[inline]
fn may_end(kind: TokenKind) -> u8 {
    KINDS[usize::from(kind as u8)]
}

/// What [`may_end`] says, by the number of the kind.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    kinds[TokenKind::Punctuation as usize] = PUNCTUATION;
    kinds[TokenKind::Symbol as usize] = SYMBOL;
    kinds[TokenKind::Abbreviation as usize] = ABBREVIATION;
    kinds
};

/// For each first byte the kinds of token that can end a sentence: `.`, `!`, `?` and `…` among punctuation, emoticons
/// and emoji among signs, and every abbreviation.
static MARKS: [u8; 256] = {
    let mut marks = [ABBREVIATION; 256];
    let mut byte = 0;
    while byte < 256 {
        if matches!(byte as u8, b'.' | b'!' | b'?' | 0xE2) {
            marks[byte] |= PUNCTUATION;
        }
        if matches!(byte as u8, b':' | b';' | 0xE2 | 0xF0..) {
            marks[byte] |= SYMBOL;
        }
        byte += 1;
    }
    marks
};

/// Whether a word that shows a sentence to begin can have this first byte.
static OPENERS: [bool; 256] = first_bytes_of_openers();

/// Whether more than one blank lies behind the token.
#[inline]
fn breaks_at(bytes: &[u8], tokens: &[Token], index: usize) -> bool {
    let end = tokens[index].span.end as usize;
    tokens.get(index + 1).is_some_and(|next| {
        let begin = next.span.start as usize;
        begin > end + 1 || (begin > end && bytes[end] == b'\n')
    })
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
    if abbreviation {
        let ends = can_end_sentence(mark)
            || (*at > 0 && can_end_sentence(&text[tokens[*at - 1].span.start as usize..token.span.end as usize]));
        if !ends {
            return false;
        }
    } else if first == 0xE2 && mark != "…" {
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
    let Some(next) = tokens.get(last + 1) else {
        *at = last;
        return true;
    };
    let gap = &text[tokens[last].span.end as usize..next.span.start as usize];
    let word = next.span.of(text);
    let first = word.chars().next().unwrap_or(' ');
    let ends = if abbreviation {
        // Behind an abbreviation only a word that begins sentences shows an end.
        gap.contains("\n\n") || (!gap.is_empty() && begins_sentence(word))
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
