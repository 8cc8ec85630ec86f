//! Tests that cannot run on this machine, and say so.

use std::{
    env,
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    process::ExitCode,
};

use libtest_mimic::{Arguments, Failed, Trial};

/// Says that a test cannot run here: on standard error, past what a harness
/// may capture, and in one write.
pub fn say(name: &str, reason: &str) {
    let line = format!("skipped: {name}: {reason}\n");
    let mut stderr = std::io::stderr();
    stderr.write_all(line.as_bytes()).expect("standard error");
}

/// What a test that found out on the way unwinds with.
struct Skip(String);

/// Ends the test in whose thread this is called; [`or_say`] says why.
pub fn here(reason: impl Into<String>) -> ! {
    // Without the hook, which would print a message.
    resume_unwind(Box::new(Skip(reason.into())))
}

/// Runs a test that may call [`here`].
pub fn or_say<T: Default>(name: &str, test: impl FnOnce() -> T) -> T {
    caught(test).unwrap_or_else(|reason| {
        say(name, &reason);
        T::default()
    })
}

fn caught<T>(test: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(test)).map_err(|payload| match payload.downcast::<Skip>() {
        Ok(skip) => skip.0,
        Err(panic) => resume_unwind(panic),
    })
}

/// The same for a trial of a harness of one's own.
pub fn trial(name: String, test: impl FnOnce() -> Result<(), Failed> + Send + 'static) -> Trial {
    Trial::test(name.clone(), move || {
        caught(test).unwrap_or_else(|reason| {
            say(&name, &reason);
            Ok(())
        })
    })
}

/// The `main` of tests that need the set-up: trials made of what `cargo xtask
/// test` told in the environment, or one trial that says that it is missing. So
/// many are run on each processor at once: more than one where they mostly wait.
pub fn main_with<T>(
    name: &'static str,
    on_each: usize,
    told: fn() -> anyhow::Result<T>,
    trials: impl FnOnce(T) -> Vec<Trial>,
) -> ExitCode {
    let trials = if env::var_os(crate::ways::DIST).is_none() {
        let reason = "run by `cargo xtask test`, which builds what is tested";
        vec![Trial::test(name, move || {
            say(name, reason);
            Ok(())
        })]
    } else {
        match told() {
            Ok(told) => trials(told),
            Err(error) => {
                eprintln!("{error:#}");
                return ExitCode::FAILURE;
            }
        }
    };
    let mut arguments = Arguments::from_args();
    let processors = std::thread::available_parallelism().map_or(1, Into::into);
    arguments.test_threads.get_or_insert(on_each * processors);
    libtest_mimic::run(&arguments, trials).exit_code()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_skips_itself_is_no_failure_and_a_panic_is_one() {
        assert_eq!(caught(|| 7), Ok(7));
        let skipped: Result<(), String> = caught(|| here("no luck"));
        assert_eq!(skipped, Err("no luck".to_owned()));
        let panic = catch_unwind(|| caught(|| panic!("a true one"))).unwrap_err();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"a true one"));
    }
}
