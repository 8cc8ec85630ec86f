//! Nothing may hang: a case that does ends the whole program with its name.

use std::{
    io::Write,
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

/// Far longer than any case takes, also emulated on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// Does `work`, and ends the program where it does not come back.
pub fn limited<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let (done, wait) = channel::<()>();
    let told = name.to_owned();
    let watcher = thread::spawn(move || {
        if wait.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
            // Past the harness, which would keep it to itself.
            let _ = writeln!(std::io::stderr(), "hangs: {told}");
            std::process::abort();
        }
    });
    let result = work();
    drop(done);
    watcher.join().expect("the watching thread");
    result
}
