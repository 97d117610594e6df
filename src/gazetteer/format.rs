//! The one form in which gazetteer files are kept: sorted rows, no stray blanks, composed letters.

use unicode_normalization::UnicodeNormalization;

/// The file in its normal form: Unicode NFC, cells without blanks around them, rows sorted by their cells, no row
/// twice, no empty lines, a line feed behind each.
///
/// ```
/// use ressort::gazetteer::format_table;
/// assert_eq!(format_table("id\tname\nb\t B \n\na\tA\n"), "id\tname\na\tA\nb\tB\n");
/// ```
#[must_use]
pub fn format_table(text: &str) -> String {
    let mut lines = text.trim_start_matches('\u{FEFF}').lines().filter(|line| !line.trim().is_empty());
    let tidy = |line: &str| -> Vec<String> { line.split('\t').map(|cell| cell.trim().nfc().collect()).collect() };
    let header = lines.next().map(tidy).unwrap_or_default();
    let mut rows: Vec<Vec<String>> = lines.map(tidy).collect();
    rows.sort();
    rows.dedup();
    std::iter::once(header).chain(rows).map(|cells| cells.join("\t") + "\n").collect()
}
