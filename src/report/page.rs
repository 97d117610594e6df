//! The pages as HTML, with the styles and scripts that `report/build.mjs` makes.

use super::Language;

const REPORT_SCRIPT: &str = include_str!("../../report/dist/report.js");
const REPORT_STYLE: &str = include_str!("../../report/dist/report.css");
/// Names script and style by their hashes and forbids all else, requests above all.
const REPORT_POLICY: &str = include_str!("../../report/dist/report.csp");

/// Parts of a page.
pub(super) struct Page<'t> {
    pub(super) language: Language,
    pub(super) title: &'t str,
    pub(super) policy: &'t str,
    pub(super) style: &'t str,
    pub(super) script: &'t str,
    /// Markup.
    pub(super) body: &'t str,
}

impl Page<'_> {
    /// The page, in which the script comes last.
    pub(super) fn html(&self) -> String {
        let Self { language, title, policy, style, script, body } = self;
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"ressort {}\">\n\
             <link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n\
             {body}\n<script>{script}</script>\n</body>\n</html>\n",
            language.as_str(),
            policy.trim_end(),
            env!("CARGO_PKG_VERSION"),
            escaped(title),
        )
    }
}

/// The page of a report around its packed data.
pub(super) fn report(language: Language, title: &str, data: &str) -> String {
    let (wait, no_script) = match language {
        Language::German => (
            "Der Bericht wird geöffnet …",
            "Dieser Bericht rechnet im Browser und braucht dafür JavaScript. Er lädt nichts aus dem Netz nach.",
        ),
        Language::English => (
            "Opening the report …",
            "This report computes in the browser and needs JavaScript for it. It loads nothing from the network.",
        ),
    };
    let body = format!(
        "<div id=\"app\"><main class=\"opening\"><h1>{}</h1><p>{wait}</p></main></div>\n\
         <noscript><p class=\"opening\">{no_script}</p></noscript>\n\
         <script type=\"application/octet-stream\" id=\"data\">{data}</script>",
        escaped(title)
    );
    let (policy, style, script) = (REPORT_POLICY, REPORT_STYLE, REPORT_SCRIPT);
    Page { language, title, policy, style, script, body: &body }.html()
}

/// The headline where none is given.
pub(super) fn headline(language: Language, documents: usize) -> String {
    let (count, one) = (grouped(language, documents), documents == 1);
    match language {
        Language::German => format!("Namen und Themen in {count} {}", if one { "Dokument" } else { "Dokumenten" }),
        Language::English => format!("Names and topics in {count} {}", if one { "document" } else { "documents" }),
    }
}

/// A number with its digits in groups of three.
fn grouped(language: Language, number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(if language == Language::German { '.' } else { ',' });
        }
        text.push(digit);
    }
    text
}

/// The text as markup that shows it: no character of it is markup, and none that HTML forbids is left.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(char),
            // A carriage return would come back as a line feed.
            '\r' => escaped.push_str("&#13;"),
            char if char.is_control() => escaped.push('\u{fffd}'),
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escaped("a</title>&\"'\u{0}ä"), "a&lt;/title&gt;&amp;&quot;&#39;\u{fffd}ä");
        let page = report(Language::German, "</title><script>alert(1)</script>", "");
        assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"));
    }

    #[test]
    fn numbers_are_written_as_in_their_language() {
        assert_eq!(headline(Language::German, 10_150), "Namen und Themen in 10.150 Dokumenten");
        assert_eq!(headline(Language::English, 1), "Names and topics in 1 document");
        assert_eq!(grouped(Language::English, 1_234_567), "1,234,567");
    }
}
