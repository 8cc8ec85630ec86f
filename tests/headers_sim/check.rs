//! The properties of headers, file and trailers.

use int80::{
    Errno, Transfer,
    gate::nr,
    sys::IoSlice,
    transfer::{End, Progress, Rung, Side, Step, WithHeaders},
    without_sigpipe,
};

use crate::case::{Case, Drive};
use int80_sim::{Era, Fault, INPUT_SEED, Kernel, Output, Rope};

const HEADER: u32 = 2;
const TRAILER: u32 = 3;
const SIGPIPE: u64 = 1 << 12;

macro_rules! ensure {
    ($holds:expr, $($message:tt)*) => {
        if !$holds {
            return Err(format!($($message)*));
        }
    };
}

/// The bytes of the parts, of pattern `seed`.
fn bytes(seed: u32, parts: &[u16]) -> Vec<u8> {
    Rope::pattern(seed, 0, parts.iter().map(|len| u64::from(*len)).sum()).to_vec()
}

/// The parts of the bytes.
fn slices<'a>(mut bytes: &'a [u8], parts: &[u16]) -> Vec<IoSlice<'a>> {
    let mut slices = Vec::new();
    for len in parts {
        let (part, rest) = bytes.split_at(usize::from(*len));
        slices.push(IoSlice::new(part));
        bytes = rest;
    }
    slices
}

/// Whether bytes are held back that could be let go: on i386 before Linux 4.3
/// there is no call for it.
fn corked(f: &Case, kernel: &Kernel, output: int80::Fd<'_>) -> bool {
    f.era.has(nr::SETSOCKOPT) && kernel.corked(output)
}

/// What a run came to: its end, if it came to one, and how far.
type Came = (Option<End>, Progress);

/// The property.
pub fn case(f: &Case) -> Result<(), String> {
    let kernel = Kernel::new(f.era);
    let input = kernel.input(f.input, f.len, f.pace);
    let output = kernel.output(f.output, f.capacity, f.pace);
    for (fd, nonblocking) in [input, output].into_iter().zip(f.nonblocking) {
        if nonblocking {
            kernel.nonblocking(fd);
        }
    }
    kernel.schedule(&f.faults);
    let before = f.blocked.map(|set| if set { SIGPIPE } else { 0 });
    kernel.set_signals(before[0], before[1]);
    let drive = || drive(f, &kernel, input, output);
    let (end, progress) = if f.quiet {
        without_sigpipe(&kernel, output, drive)?
    } else {
        drive()?
    };

    // Exactly header, file and trailer, up to what was counted.
    let headers = Rope::bytes(&bytes(HEADER, &f.headers));
    let trailers = Rope::bytes(&bytes(TRAILER, &f.trailers));
    let mut expected = headers.slice(0, progress.headers);
    let start = f.offset.unwrap_or(0);
    expected.append(Rope::pattern(INPUT_SEED, start, progress.file));
    expected.append(trailers.slice(0, progress.trailers));
    let written = kernel.written(output);
    if let Some(at) = written.difference(&expected) {
        return Err(format!("{} bytes differ at {at}, {end:?}", written.len()));
    }
    ensure!(!corked(f, &kernel, output), "corked after {end:?}");

    // What is told once is told.
    for call in kernel.returned() {
        ensure!(
            !call.once || matches!(end, Some(End::Failed(_))),
            "{call:?} was passed over"
        );
    }

    // Each part after the one before it.
    let Progress { file, .. } = progress;
    let whole = (progress.headers, progress.trailers) == (headers.len(), trailers.len());
    ensure!(
        file + progress.trailers == 0 || progress.headers == headers.len(),
        "{progress:?}: the header is not out"
    );
    let grows = f.faults.iter().any(|fault| matches!(fault, Fault::Grow(_)));
    let at_end = kernel.unread(input, start + file) == 0 || grows;
    let counted = f.count.is_some_and(|count| file == count);
    ensure!(
        progress.trailers == 0 || counted || at_end && !(f.promised && f.count.is_some()),
        "{progress:?}: trailers, but the file part is not out"
    );
    match end {
        Some(End::Complete) => {
            ensure!(whole && (counted || at_end), "complete at {progress:?}");
        }
        Some(End::UnexpectedEof) => {
            ensure!(f.promised, "premature, but nothing was promised");
            ensure!(at_end && !counted, "premature at {progress:?}");
        }
        _ => {}
    }
    quiet(f, &kernel, before)
}

/// No SIGPIPE came through, and mask and what was pending are as before.
fn quiet(f: &Case, kernel: &Kernel, before: [u64; 2]) -> Result<(), String> {
    let (delivered, pending, blocked) = kernel.signals();
    let breaks = matches!(
        f.output,
        Output::Pipe | Output::Tcp | Output::Unix | Output::Datagram | Output::Unconnected
    );
    if f.quiet {
        ensure!(delivered == 0, "{delivered} signals came through");
        ensure!(pending == before[1], "{pending:x} are pending");
        if !breaks && f.era >= Era::V5_10 {
            let calls = kernel.counts().signals;
            ensure!(calls == 0, "{calls} signal calls for a file");
        }
    }
    ensure!(blocked == before[0], "{blocked:x} are blocked");
    Ok(())
}

fn drive(
    f: &Case,
    kernel: &Kernel,
    input: int80::Fd<'static>,
    output: int80::Fd<'static>,
) -> Result<Came, String> {
    let (headers, trailers) = (bytes(HEADER, &f.headers), bytes(TRAILER, &f.trailers));
    let headers = slices(&headers, &f.headers);
    let trailers = slices(&trailers, &f.trailers);
    let mut progress = Progress::default();
    let mut begun = 0;
    let mut most = match f.drive {
        Drive::Drop(most) | Drive::Resume(most) => most,
        Drive::Run | Drive::Step => u32::MAX,
    };
    loop {
        let mut buffer = vec![0; f.buffer];
        let mut file = Transfer::new(kernel, output, input, &mut buffer[..]);
        if let Some(offset) = f.offset {
            file = file.from_offset(offset);
        }
        file = match f.count {
            Some(count) if f.promised => file.exactly(count),
            Some(count) => file.at_most(count),
            None => file,
        };
        let mut whole = WithHeaders::new(&headers, file, &trailers).resume(progress);
        ensure!(whole.progress() == progress, "resumed at {progress:?}");
        begun += 1;
        if f.drive == Drive::Run {
            let outcome = whole.run();
            ensure!(!corked(f, kernel, output), "corked at {:?}", outcome.end);
            ensure!(outcome.moved == whole.moved(), "{outcome:?}");
            return Ok((Some(outcome.end), whole.progress()));
        }
        let end = steps(f, kernel, output, &mut whole, most)?;
        progress = whole.progress();
        if end.is_some() || matches!(f.drive, Drive::Drop(_)) || begun > 500 {
            return Ok((end, progress));
        }
        // A pipe's bytes cannot be given back: then the same one goes on.
        if !whole.transfer().pending().is_empty() && whole.give_back().is_err() {
            let end = steps(f, kernel, output, &mut whole, u32::MAX)?;
            return Ok((end, whole.progress()));
        }
        most += 1;
    }
}

fn steps(
    f: &Case,
    kernel: &Kernel,
    output: int80::Fd<'_>,
    whole: &mut WithHeaders<'_, &Kernel>,
    most: u32,
) -> Result<Option<End>, String> {
    for index in 0..most {
        ensure!(index < 20_000, "it spins");
        let (moving, bytes) = (kernel.counts().moving, kernel.written_len(output));
        let moved = whole.moved();
        let step = whole.step();
        let calls = kernel.counts().moving - moving;
        ensure!(calls <= 1, "{calls} moving calls in a step");
        let came = kernel.written_len(output) - bytes;
        let said = whole.moved() - moved;
        let count = match step {
            Step::Moved(count) => count as u64,
            _ => 0,
        };
        ensure!(
            came == said && said == count,
            "{step:?}, counted {said}, came {came}"
        );
        let end = match step {
            Step::Moved(_) | Step::Buffered(_) | Step::Interrupted => continue,
            Step::WouldBlock(side) => {
                ensure!(
                    side == Side::Output || !corked(f, kernel, output),
                    "corked while {side:?} is waited for"
                );
                kernel.advance();
                continue;
            }
            Step::Complete => End::Complete,
            Step::UnexpectedEof => End::UnexpectedEof,
            Step::Failed(error) => {
                let once = f.faults.contains(&Fault::Fail(error.errno));
                let broken = !once && [Errno::EPIPE, Errno::ENOSPC].contains(&error.errno);
                let memory = error.errno == Errno::EFAULT;
                ensure!(
                    error.rung != Rung::Parts || memory || error.side == Side::Output,
                    "{error:?} in headers or trailers"
                );
                ensure!(!broken || error.side == Side::Output, "{error:?}");
                End::Failed(error)
            }
            other => return Err(format!("{other:?} is not known here")),
        };
        ensure!(!corked(f, kernel, output), "corked at {end:?}");
        let calls = kernel.counts().calls;
        if !matches!(end, End::Failed(_)) {
            ensure!(whole.step() == step, "another end");
            let more = kernel.counts().calls - calls;
            ensure!(more == 0, "{more} calls after the end");
        }
        return Ok(Some(end));
    }
    Ok(None)
}
