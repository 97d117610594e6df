//! How a mention stands in its text: in a quotation, in a headline, as the one who speaks.

use super::Reader;
use super::address::is_degrees;
use crate::document::{Flags, Kind, Modifier, Region, Span};

/// Verbs and particles that make the name before or behind them the speaker.
const SAID: &[&str] = &[
    "sagt",
    "sagte",
    "erklärt",
    "erklärte",
    "betont",
    "betonte",
    "meint",
    "meinte",
    "so",
    "laut",
    "warnt",
    "warnte",
    "fordert",
    "forderte",
    "kritisiert",
    "kritisierte",
    "berichtet",
    "berichtete",
    "bekräftigt",
    "bekräftigte",
    "erläutert",
    "erläuterte",
    "versichert",
    "versicherte",
    "kündigt",
    "kündigte",
    "twitterte",
    "schreibt",
    "schrieb",
    "ergänzt",
    "ergänzte",
    "zufolge",
];

impl Reader<'_> {
    /// The parts of the text between quotation marks, in reading order.
    pub(super) fn quotations(&self) -> Vec<Span> {
        let mut found = Vec::new();
        let mut open: Option<u32> = None;
        let mut before = 0;
        for &token in &self.signs.quotes {
            let token = self.tokens[token as usize];
            let Span { start, end } = token.span;
            let mark = token.span.of(self.text);
            // A quotation that is still open at the end of a paragraph was none.
            if open.is_some() && self.text[before as usize..start as usize].contains("\n\n") {
                open = None;
            }
            before = end;
            match (mark, open) {
                ("„" | "»" | "‚" | "\"" | "“", None) => open = Some(end),
                ("“" | "”" | "«" | "‘" | "\"" | "»", Some(from)) => {
                    found.push(Span::new(from, start));
                    open = None;
                }
                _ => {}
            }
        }
        found
    }

    /// The flags of a decided draft.
    pub(super) fn flags(&self, draft: usize, modifier: Option<Modifier>, quotations: &[Span]) -> Flags {
        let own = &self.drafts[draft];
        let behind = quotations.partition_point(|quotation| quotation.end <= own.span.start);
        let quoted = quotations.get(behind).is_some_and(|quotation| quotation.start <= own.span.start);
        let mut flags = Flags::default();
        flags.set(Flags::QUOTED, quoted);
        flags.set(Flags::HEADLINE, self.region_of(draft) != Region::Body);
        flags.set(Flags::NEGATED, modifier == Some(Modifier::Negated));
        flags.set(Flags::HISTORIC, modifier == Some(Modifier::Former));
        flags.set(Flags::SPEAKER, !quoted && self.speaks_here(draft));
        flags
    }

    /// `sagte Wissing`, `Wissing sagte`, `so das BMI`; `Dr. Volker Wissing, Bundesminister:` on a line of its own.
    fn speaks_here(&self, draft: usize) -> bool {
        let own = &self.drafts[draft];
        if !matches!(
            own.kind(),
            Some(Kind::Politician | Kind::Office | Kind::Ministry | Kind::Body | Kind::Party | Kind::Association)
        ) {
            return false;
        }
        let (first, last) = own.tokens;
        let article = matches!(self.word_before(first), "der" | "die" | "das" | "dem");
        let before =
            if article { first.checked_sub(2).map_or("", |at| self.word(at)) } else { self.word_before(first) };
        if SAID.contains(&before) || SAID.contains(&self.word(last + 1)) {
            return true;
        }
        if own.kind() != Some(Kind::Politician) {
            return false;
        }
        // Behind the name stand its party and office, and a colon ends the line.
        let announces = || {
            let rest = self.text[own.span.end as usize..].split('\n').next().unwrap_or("");
            rest.len() < 120 && rest.trim_end().ends_with(':')
        };
        self.line_before(own.span.start).is_some_and(is_degrees) && announces()
    }
}
