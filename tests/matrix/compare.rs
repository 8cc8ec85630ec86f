//! A transfer of each pair beside the plain copy of it.

use int80::{
    Fd, Gate, Transfer,
    transfer::{End, Side},
};

use crate::{
    inputs::Source,
    inputs::{self, Input},
    known,
    outputs::{Output, Sink},
    plain::{self, Copied},
    watch::limited,
};

/// Every input to `output`; names the pairs that differ.
pub fn every_input<G: Gate + Copy>(gate: G, output: Output) {
    // The result of writing the first byte to the output itself.
    let bad = match output.open() {
        Ok(sink) => plain::copy(
            &Input::Regular.open(),
            sink,
            most(&Input::Regular.open(), output),
        ),
        Err(reason) => int80_support::skip::here(reason),
    };
    assert!(
        !output.is_bad() || bad.moved == 0 && bad.error.is_some(),
        "{bad:?}"
    );
    let mut differences = Vec::new();
    let certain = |input: &Input| known::is_certain(*input, output);
    for input in inputs::ALL.into_iter().filter(certain) {
        let name = format!("{input:?} to {output:?}");
        let result = limited(&name, || pair(gate, input, output, bad.error));
        if let Err(difference) = result {
            differences.push(format!("{name}: {difference}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn most(source: &Source, output: Output) -> u64 {
    let most = output.most().unwrap_or(u64::MAX);
    source.count.unwrap_or(u64::MAX).min(most)
}

fn pair<G: Gate + Copy>(
    gate: G,
    input: Input,
    output: Output,
    own: Option<(i32, Side)>,
) -> Result<(), String> {
    let source = input.open();
    let plain = plain::copy(&source, output.open()?, most(&source, output));
    let source = input.open();
    let most = most(&source, output);
    let got = transfer(gate, &source, output.open()?, most)?;
    if got.error.is_some_and(|error| error.1 == Side::Output) && got.error != own {
        return Err(format!("{got:?}; the output's own error: {own:?}"));
    }
    known::judge(input, output, &plain, &got)
}

fn transfer<G: Gate + Copy>(
    gate: G,
    source: &Source,
    sink: Sink,
    most: u64,
) -> Result<Copied, String> {
    let to = sink
        .fd
        .as_ref()
        .map_or(int80_support::gates::no_fd(), int80_support::gates::fd);
    let from: Fd<'_> = source
        .fd
        .as_ref()
        .map_or(int80_support::gates::no_fd(), int80_support::gates::fd);
    let mut buffer = vec![0; 65536];
    let mut transfer = Transfer::new(gate, to, from, &mut buffer[..])
        .grow_pipe()
        .at_most(most);
    if let Some(offset) = source.offset {
        transfer = transfer.from_offset(offset);
    }
    let outcome = transfer.run();
    let error = match outcome.end {
        End::Complete => None,
        End::Failed(error) => Some((error.errno.raw_os_error(), error.side)),
        end => return Err(format!("{end:?} after {} bytes", outcome.moved)),
    };
    let position = plain::position(source);
    drop(sink.fd);
    Ok(Copied {
        bytes: (sink.arrived)(),
        moved: outcome.moved,
        error,
        position,
    })
}
