//! The differences that are right, each with its reason. Any other fails.

use int80::transfer::Side;

use crate::{inputs::Input, outputs::Output, plain::Copied};

/// Whether it is certain what comes of a copy of the pair, whatever makes it.
pub fn is_certain(input: Input, output: Output) -> bool {
    // A datagram is as large as what was read at once, and whether that is too
    // much is a matter of luck where another writes meanwhile.
    output != Output::UdpTooMuch
        || !matches!(
            input,
            Input::Pipe | Input::NonblockingPipe | Input::Fifo | Input::Unix
        )
}

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
    if (input, output) == (Input::Sparse, Output::UdpTooMuch) && got.error.is_none() {
        // It starts in the middle of a page, and sendfile's own pipe has room
        // for sixteen: it cuts datagrams that are small enough, and may be lost.
        expected.error = None;
        expected.moved = got.moved.max(70_000);
        expected.bytes = got.bytes.clone();
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
