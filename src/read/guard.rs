//! Parsers of others that may panic on damaged input.

#[cfg(feature = "tables")]
use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

thread_local! {
    /// Whether a panic of this thread is expected and handled.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a parser; if it panics, that is an error like any other: nothing is printed, and the batch goes on.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> thread::Result<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                usual(info);
            }
        }));
    });
    let before = GUARDED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    outcome
}

/// What a parser said when it gave up.
#[cfg(feature = "tables")]
pub(super) fn reason(cause: &(dyn Any + Send)) -> String {
    let message = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    message.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_else(|| "its reader gave up".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(guarded(|| 1).unwrap(), 1);
        let broken: thread::Result<u8> = guarded(|| panic!("kaputt"));
        assert!(broken.is_err());
        assert!(!GUARDED.get());
    }
}
