//! The `ressort` program: a thin caller of the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ressort::cli::run()
}
