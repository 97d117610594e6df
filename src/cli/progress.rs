//! What a run says while it goes on, on standard error.

use std::io::Write;
use std::str::FromStr;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::document::Failure;
use crate::extract::{Event, Progress, Report};

/// How to say it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Log {
    /// As text, with a line that is kept up to date on a terminal.
    #[default]
    Text,
    /// As JSON, one object per line.
    Json,
}

impl FromStr for Log {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            other => Err(format!("'{other}' is no form of log: one of text, json")),
        }
    }
}

/// Failures that are printed one by one; all are in the table.
const MOST_PRINTED: u64 = 200;
/// Time between two objects about progress.
const PERIOD: Duration = Duration::from_secs(2);

pub(super) struct Watcher {
    log: Log,
    quiet: bool,
    bar: ProgressBar,
    began: Instant,
    told: Instant,
    failures: u64,
    input_bytes: u64,
    /// When the first documents of this run were done, and which share of the inputs that was: the earlier run may have
    /// done the most.
    first: Option<(Instant, f64)>,
}

impl Watcher {
    pub(super) fn new(log: Log, quiet: bool) -> Self {
        let bar = if quiet || log == Log::Json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        bar.enable_steady_tick(Duration::from_millis(200));
        let now = Instant::now();
        Self { log, quiet, bar, began: now, told: now, failures: 0, input_bytes: 0, first: None }
    }

    pub(super) fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Planned { inputs, bytes, kept, resumed } => {
                self.input_bytes = *bytes;
                let planned =
                    json!({"event": "planned", "inputs": inputs, "bytes": bytes, "kept": kept, "resumed": resumed});
                self.object(&planned);
                if *kept > 0 {
                    self.say(&format!("{kept} inputs have not changed, {inputs} to read"));
                }
                if *resumed > 0 {
                    self.say(&format!("going on behind {resumed} documents"));
                }
            }
            Event::Failed(failure) => self.failed(failure),
            Event::Warning(message) => {
                self.object(&json!({"event": "warning", "message": message}));
                self.say(message);
            }
            Event::Progress(progress) => self.progress(progress),
            Event::Writing => {
                self.object(&json!({"event": "writing"}));
                self.bar.set_message("putting the tables together");
            }
        }
    }

    pub(super) fn failed(&mut self, failure: &Failure) {
        self.failures += 1;
        if self.log == Log::Json {
            self.object(&json!({
                "event": "failed", "source": failure.source, "item": failure.item, "stage": failure.stage.as_str(),
                "message": failure.message,
            }));
        } else if self.failures <= MOST_PRINTED {
            self.print(&format!("ressort: {failure}"));
        } else if self.failures == MOST_PRINTED + 1 {
            self.print("ressort: more went wrong; the table errors lists all of it");
        }
    }

    fn progress(&mut self, progress: &Progress) {
        let passed = self.began.elapsed();
        let speed = progress.text_bytes as f64 / passed.as_secs_f64().max(1e-3);
        let left = self.left(progress);
        if self.log == Log::Json {
            if self.told.elapsed() < PERIOD {
                return;
            }
            self.told = Instant::now();
            self.object(&json!({
                "event": "progress", "documents": progress.documents, "mentions": progress.mentions,
                "failures": progress.failures, "text_bytes": progress.text_bytes,
                "megabytes_per_second": (speed / 1e5).round() / 10.0,
                "seconds_left": left.map(|left| left.as_secs()),
            }));
        } else if !self.bar.is_hidden() {
            let left = left.map_or_else(String::new, |left| format!(", {} left", HumanDuration(left)));
            self.bar.set_message(format!(
                "{} documents, {} mentions, {}/s{left}",
                HumanCount(progress.documents),
                HumanCount(progress.mentions),
                HumanBytes(speed as u64),
            ));
        }
    }

    /// The time that the rest of the inputs takes at the speed of what this run has read.
    fn left(&mut self, progress: &Progress) -> Option<Duration> {
        let read = progress.input_bytes + progress.reached;
        let share = (read as f64 / self.input_bytes.max(1) as f64).min(1.0);
        let (since, before) = *self.first.get_or_insert_with(|| (Instant::now(), share));
        let gained = share - before;
        (gained > 0.0).then(|| since.elapsed().mul_f64(((1.0 - share) / gained).min(1e6)))
    }

    pub(super) fn finish(&mut self, report: &Report) {
        self.bar.finish_and_clear();
        for warning in &report.warnings {
            self.say(warning);
        }
        self.object(&json!({
            "event": "finished", "complete": report.complete, "run": report.description,
            "seconds": report.duration.as_secs_f64(),
        }));
    }

    /// A line for people.
    pub(super) fn say(&self, message: &str) {
        if self.log == Log::Text && !self.quiet {
            self.print(&format!("ressort: {message}"));
        }
    }

    fn object(&self, value: &Value) {
        if self.log == Log::Json {
            self.print(&value.to_string());
        }
    }

    fn print(&self, line: &str) {
        self.bar.suspend(|| {
            // Where standard error is closed, nobody is there to be told.
            let _ = writeln!(anstream::stderr(), "{line}");
        });
    }
}
