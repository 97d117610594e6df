//! `ressort completions SHELL`.

use std::process::ExitCode;

use clap::CommandFactory;

/// Prints completions for a shell.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Shell to complete for.
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "ressort", &mut script);
    std::io::Write::write_all(&mut std::io::stdout(), &script)?;
    Ok(ExitCode::SUCCESS)
}
