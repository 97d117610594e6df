//! Letters become lines, and lines are put into the order in which they are read.

use super::glyphs::{Found, Letter};

/// A line of a column, in points from the upper left corner.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Number of the column it is in; a new one begins a new number.
    pub(super) column: usize,
    /// Left and right end of the column.
    pub(super) from: f64,
    pub(super) to: f64,
}

/// A gap of more than so many font sizes parts two columns or cells; between words of a justified line it is less.
const WIDE: f64 = 1.1;
/// A gap of more than so many font sizes is a blank.
const BLANK: f64 = 0.17;
/// A gutter between columns is at least so many points wide.
const GUTTER: f64 = 7.0;
/// A column has at least so many lines.
const LEAST_LINES: usize = 4;

/// The lines of a page in reading order.
pub(super) fn lines(segments: Vec<Segment>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut column = 0;
    order(segments, 0, &mut column, &mut lines);
    lines
}

/// Letters on one base line without a wide gap.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Whether it stands in the upper or lower margin of the page.
    pub(super) margin: bool,
}

/// The segments of a page, from its top to its bottom.
pub(super) fn segments(page: Found) -> Vec<Segment> {
    let (top, bottom) = (0.14 * page.height, 0.86 * page.height);
    let mut letters = page.letters;
    // Base lines that differ by less than a fifth of the font are one: first sort by height, then cut into lines.
    letters.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut segments = Vec::new();
    let mut rest = letters.as_mut_slice();
    while let Some(first) = rest.first() {
        let mut last = first.y;
        let tolerance = 0.2 * first.size.max(4.0);
        let count = rest
            .iter()
            .take_while(|letter| {
                let same = letter.y - last <= tolerance;
                last = letter.y.min(last + tolerance / 2.0);
                same
            })
            .count();
        let (line, behind) = rest.split_at_mut(count.max(1));
        rest = behind;
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        of_line(line, &mut segments);
    }
    raise(&mut segments);
    for segment in &mut segments {
        segment.margin = segment.y < top || segment.y > bottom;
    }
    segments
}

fn of_line(line: &[Letter], segments: &mut Vec<Segment>) {
    let mut current: Option<Segment> = None;
    let mut before: Option<&Letter> = None;
    for letter in line {
        // Bold made by printing twice, a little apart.
        let twice =
            before.is_some_and(|before| before.text == letter.text && (letter.x - before.x).abs() < 0.1 * letter.size);
        if twice {
            continue;
        }
        let blank = letter.text.chars().all(|c| c.is_whitespace() || c == '\u{200b}');
        if let (true, Some(segment)) = (blank, &mut current) {
            if letter.x - segment.end < WIDE * letter.size && !segment.text.ends_with(' ') {
                segment.text.push(' ');
                segment.end = segment.end.max(letter.end.min(segment.end + letter.size));
            }
            continue;
        }
        if blank {
            continue;
        }
        let gap = current.as_ref().map_or(f64::MAX, |segment| letter.x - segment.end);
        match &mut current {
            Some(segment) if gap < WIDE * letter.size.max(segment.size) => {
                if gap > BLANK * letter.size && !segment.text.ends_with(' ') {
                    segment.text.push(' ');
                }
                segment.text.push_str(&letter.text);
                segment.end = segment.end.max(letter.end);
                segment.size = segment.size.max(letter.size);
            }
            _ => {
                segments.extend(current.take());
                current = Some(Segment {
                    text: letter.text.clone(),
                    x: letter.x,
                    end: letter.end,
                    y: letter.y,
                    size: letter.size,
                    margin: false,
                });
            }
        }
        before = Some(letter);
    }
    segments.extend(current);
    for segment in segments.iter_mut().rev().take(64) {
        let kept = segment.text.trim_end().len();
        segment.text.truncate(kept);
    }
}

/// The small raised number of a note stands on a base line of its own: it is put to the line that it is raised from.
fn raise(segments: &mut Vec<Segment>) {
    let small: Vec<usize> = (0..segments.len()).filter(|&at| segments[at].text.chars().count() <= 3).collect();
    let mut gone = vec![false; segments.len()];
    // Segments are sorted by height, so the line is among the next few.
    for at in small {
        let note = segments[at].clone();
        let near = (at + 1..segments.len().min(at + 40)).chain((at.saturating_sub(40)..at).rev());
        let host = near.into_iter().find(|&other| {
            let line = &segments[other];
            let raised = line.y - note.y;
            !gone[other]
                && note.size < 0.85 * line.size
                && (-0.3 * line.size..0.7 * line.size).contains(&raised)
                && (note.x - line.end).abs() < 0.5 * line.size
        });
        if let Some(host) = host {
            let line = &mut segments[host];
            line.text.push_str(&note.text);
            line.end = line.end.max(note.end);
            gone[at] = true;
        }
    }
    let mut at = 0;
    segments.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
}

/// Puts segments into reading order: where a gutter parts them, what stands above it goes first, then the left side, then
/// the right one, and then what goes on below.
fn order(segments: Vec<Segment>, depth: u8, column: &mut usize, lines: &mut Vec<Line>) {
    let gutter = if depth < 5 { gutter(&segments) } else { None };
    let Some(gutter) = gutter else {
        emit(segments, column, lines);
        return;
    };
    // What crosses the gutter ends a band of columns.
    let mut bands: Vec<(Vec<Segment>, Vec<Segment>, Vec<Segment>)> = vec![Default::default()];
    let mut crossing_last = false;
    for segment in segments {
        let crosses = segment.x < gutter && segment.end > gutter;
        if crosses {
            if !crossing_last {
                bands.push(Default::default());
            }
            bands.last_mut().expect("there is one").0.push(segment);
        } else {
            let band = bands.last_mut().expect("there is one");
            if segment.end <= gutter { band.1.push(segment) } else { band.2.push(segment) }
        }
        crossing_last = crosses;
    }
    for (across, left, right) in bands {
        if !across.is_empty() {
            emit(across, column, lines);
        }
        if left.len().min(right.len()) < 2 {
            let mut both = left;
            both.extend(right);
            both.sort_by(|a, b| a.y.total_cmp(&b.y));
            emit(both, column, lines);
            continue;
        }
        // What stands below the end of the right column, and apart from the left one, is read after both.
        let end = right.iter().map(|segment| segment.y).fold(f64::MIN, f64::max);
        let below = (1..left.len()).find(|&at| {
            let (before, segment) = (&left[at - 1], &left[at]);
            segment.y > end + 0.5 * segment.size && segment.y - before.y > 1.8 * segment.size.max(before.size)
        });
        let mut left = left;
        let rest = below.map_or(Vec::new(), |at| left.split_off(at));
        order(left, depth + 1, column, lines);
        order(right, depth + 1, column, lines);
        if !rest.is_empty() {
            order(rest, depth + 1, column, lines);
        }
    }
}

/// Where a gutter parts the segments into two columns that are filled with text; in a table they are not.
fn gutter(segments: &[Segment]) -> Option<f64> {
    if segments.len() < 2 * LEAST_LINES {
        return None;
    }
    let from = segments.iter().map(|segment| segment.x).fold(f64::MAX, f64::min);
    let to = segments.iter().map(|segment| segment.end).fold(f64::MIN, f64::max);
    let mut best: Option<(usize, f64)> = None;
    let mut x = from + 0.15 * (to - from);
    while x < from + 0.85 * (to - from) {
        let (mut left, mut right, mut crossing) = (Vec::new(), Vec::new(), 0);
        for segment in segments {
            if segment.end <= x - GUTTER / 2.0 {
                left.push(segment);
            } else if segment.x >= x + GUTTER / 2.0 {
                right.push(segment);
            } else {
                crossing += 1;
            }
        }
        let score = left.len().min(right.len());
        if score >= LEAST_LINES
            && crossing * 3 <= score
            && best.is_none_or(|(most, _)| score > most)
            && filled(&left)
            && filled(&right)
            && beside(&left, &right)
        {
            best = Some((score, x));
        }
        x += 2.0;
    }
    best.map(|(_, x)| x)
}

/// Whether most lines of a column are nearly as wide as it is, and it is wide enough to be read.
fn filled(column: &[&Segment]) -> bool {
    let from = column.iter().map(|segment| segment.x).fold(f64::MAX, f64::min);
    let mut ends: Vec<f64> = column.iter().map(|segment| segment.end).collect();
    ends.sort_by(f64::total_cmp);
    // A heading may hang over.
    let width = ends[ends.len() * 9 / 10] - from;
    let size = column.iter().map(|segment| segment.size).fold(0.0, f64::max);
    let full = column.iter().filter(|segment| segment.end - segment.x > 0.5 * width).count();
    width > 6.0 * size.min(14.0) && full * 2 > column.len()
}

/// Whether two columns stand beside each other for most of their height.
fn beside(left: &[&Segment], right: &[&Segment]) -> bool {
    let range = |column: &[&Segment]| {
        let top = column.iter().map(|segment| segment.y).fold(f64::MAX, f64::min);
        (top, column.iter().map(|segment| segment.y).fold(f64::MIN, f64::max))
    };
    let ((a, b), (c, d)) = (range(left), range(right));
    let shared = b.min(d) - a.max(c);
    shared > 0.3 * (b - a).min(d - c)
}

/// The lines of one column: segments on one base line are its parts, with a tab between, as in a table; or with a blank,
/// where a justified line was stretched that far.
fn emit(segments: Vec<Segment>, column: &mut usize, lines: &mut Vec<Line>) {
    let from = segments.iter().map(|segment| segment.x).fold(f64::MAX, f64::min);
    let to = segments.iter().map(|segment| segment.end).fold(f64::MIN, f64::max);
    let mut rows: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        match rows.last_mut() {
            Some(row) if (row[0].y - segment.y).abs() < 0.3 * segment.size => row.push(segment),
            _ => rows.push(vec![segment]),
        }
    }
    let whole = rows.iter().filter(|row| row.len() == 1).count();
    let is_text = whole * 2 > rows.len();
    for mut row in rows {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        let size = row.iter().map(|segment| segment.size).fold(0.0, f64::max);
        let (x, end, y) = (row[0].x, row[row.len() - 1].end, row[0].y);
        let blank = if is_text && is_stretched(&row, from, to) { " " } else { "\t" };
        let text = row.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(blank);
        lines.push(Line { text, x, end, y, size, column: *column, from, to });
    }
    *column += 1;
}

/// Whether a line reaches from end to end of its column with gaps that are alike.
fn is_stretched(row: &[Segment], from: f64, to: f64) -> bool {
    let size = row[0].size;
    let gaps = || row.windows(2).map(|pair| pair[1].x - pair[0].end);
    let (least, most) = gaps().fold((f64::MAX, 0.0_f64), |(least, most), gap| (least.min(gap), most.max(gap)));
    let whole = row[0].x - from < 2.5 * size && to - row[row.len() - 1].end < 0.5 * size;
    whole && most < 6.0 * size && (row.len() == 2 || most < 1.6 * least)
}
