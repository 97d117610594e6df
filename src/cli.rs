//! The program: arguments in, library calls, exit code out.
//!
//! Exit codes: 0 all went well; 1 finished, but some documents failed or something was not as it should be; 2 nothing
//! could be done. A closed pipe ends the program quietly.

mod completions;
mod discover;
mod evaluate;
mod extract;
mod gazetteer;
mod progress;
mod report;
mod show;
mod summary;
mod topics;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Says who and what is in German political text, and what it is about.
#[derive(Debug, Parser)]
#[command(name = "ressort", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Args),
    Show(show::Args),
    Report(report::Args),
    Discover(discover::Args),
    Evaluate(evaluate::Args),
    Gazetteer(gazetteer::Args),
    Topics(topics::Args),
    Completions(completions::Args),
}

/// Parses the arguments of the process and runs what they ask for.
///
/// ```no_run
/// std::process::exit(if ressort::cli::run() == std::process::ExitCode::SUCCESS { 0 } else { 1 });
/// ```
#[must_use]
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Extract(args) => extract::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Discover(args) => discover::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Gazetteer(args) => gazetteer::run(args),
        Command::Topics(args) => topics::run(&args),
        Command::Completions(args) => completions::run(&args),
    };
    match outcome {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "ressort: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether the reader of our output has gone, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    };
    error.chain().any(broken)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        super::Cli::command().debug_assert();
    }
}
