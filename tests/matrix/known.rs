//! The differences that are right, each with its reason. Any other fails.

use int80::transfer::Side;

use crate::{inputs::Input, outputs::Output, plain::Copied};

/// Whether a transfer that went like `got` may stand beside a plain copy that
/// went like `plain`; the error is why not.
pub fn judge(input: Input, output: Output, plain: &Copied, got: &Copied) -> Result<(), String> {
    let mut expected = plain.clone();
    if input.is_bad() && output.is_bad() {
        // Which side a call looks at first is its affair: read and write look
        // at the input, sendfile at the output's O_APPEND. That one of them is
        // told with its own errno, and that nothing moves, is not.
        if let Some((_, Side::Output)) = got.error {
            expected.error = got.error;
        }
    }
    if input.is_empty() && output.is_bad() && got.error.is_some_and(|error| error.1 == Side::Output)
    {
        // A plain copy of nothing never asks the output; sendfile does.
        expected.error = got.error;
    }
    if got.error.is_some() {
        // A plain copy has read what it could not write; a transfer with one
        // call for both has not.
        expected.position = got.position;
    }
    match *got == expected {
        true => Ok(()),
        false => Err(format!("{got:?}; read and write: {plain:?}")),
    }
}
