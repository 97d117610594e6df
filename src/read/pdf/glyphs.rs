//! The letters of a page with their places.

use std::time::Instant;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};

/// A page has so many letters at most: one of a newspaper has thirty thousand.
const MOST_LETTERS: usize = 400_000;
/// A page draws so many lines, pictures and letters at most.
const MOST_STEPS: usize = 5_000_000;

/// A letter, or several that one glyph stands for; lengths are in points, from the upper left corner of the page.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub(super) text: String,
    /// Its left end.
    pub(super) x: f64,
    /// Its right end.
    pub(super) end: f64,
    /// Its base line.
    pub(super) y: f64,
    /// Height of its font.
    pub(super) size: f64,
}

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) letters: Vec<Letter>,
    /// Whether there are pictures.
    pub(super) pictures: bool,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Thrown through the interpreter, which cannot be stopped otherwise, when a page does not end.
pub(super) struct Stopped(pub(super) &'static str);

/// Reads a page; unwinds with [`Stopped`] where it is too long.
pub(super) fn of_page<'p>(page: &'p Page<'p>, pdf: &'p Pdf, deadline: Instant) -> Found {
    let (width, height) = page.render_dimensions();
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let place = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(place, area, &cache, pdf.xref(), settings);
    let found = Found { width: f64::from(width), height: f64::from(height), ..Found::default() };
    let mut reader = Reader { found, steps: 0, deadline };
    interpret_page(page, &mut context, &mut reader);
    reader.found
}

struct Reader {
    found: Found,
    steps: usize,
    deadline: Instant,
}

impl Reader {
    fn step(&mut self) {
        self.steps += 1;
        let late = self.steps.is_multiple_of(256) && Instant::now() > self.deadline;
        if late || self.steps > MOST_STEPS || self.found.letters.len() > MOST_LETTERS {
            // No panic: nothing is reported, and the caller takes it.
            std::panic::resume_unwind(Box::new(Stopped("a page of the PDF takes too long; save it anew, or as text")));
        }
    }

    fn letter(&mut self, glyph: &Glyph<'_>, place: Affine) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(outline) => outline.advance_width(),
        };
        let (right, up) = (vector(place, 1000.0, 0.0), vector(place, 0.0, 1000.0));
        // Text that runs up the margin is no part of the columns.
        if right.x <= 0.0 || right.y.abs() > 0.2 * right.x {
            return;
        }
        let size = up.hypot();
        let at = place * Point::ZERO;
        let within = |value: f64, length: f64| value > -0.02 * length && value < 1.02 * length;
        if !(size.is_finite() && size > 0.5 && within(at.x, self.found.width) && within(at.y, self.found.height)) {
            return;
        }
        let width = f64::from(advance.unwrap_or(500.0)).abs().min(3000.0) / 1000.0 * right.x;
        self.found.letters.push(Letter { text, x: at.x, end: at.x + width, y: at.y, size });
    }
}

fn vector(place: Affine, x: f64, y: f64) -> Vec2 {
    place * Point::new(x, y) - place * Point::ZERO
}

impl Device<'_> for Reader {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.step();
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'_>, _: &DrawMode) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.step();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.step();
            self.letter(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.step();
        self.found.pictures = true;
    }

    fn pop_clip(&mut self) {
        self.step();
    }

    fn pop_transparency_group(&mut self) {
        self.step();
    }
}
