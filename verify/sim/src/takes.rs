//! The pairs of descriptors that each call takes, in each era.

use int80::Errno;
use linux_raw_sys::general::SIGPIPE;

use super::{
    era::Era,
    moves::{Move, Way},
    object::{FileKind, Object},
    state::{Result, State},
};

impl State {
    /// Whether the call takes the pair.
    pub fn takes(&mut self, step: Move) -> Result<Takes> {
        let (input, output) = (self.kind(step.input), self.kind(step.output));
        let append = self.appends(step.output);
        match step.way {
            Way::Copy => self.copy_takes(step, append),
            Way::Splice => {
                let pipes = [step.input, step.output]
                    .map(|fd| matches!(self.object(fd), Some(Object::Pipe(_))));
                let from = input.is_none_or(|kind| kind.splices_from(self.era));
                let to = output.is_none_or(FileKind::splices_to);
                if pipes == [false; 2] || append && !pipes[1] || !from || !to {
                    return Err(Errno::EINVAL);
                }
                self.writable(step)
            }
            Way::Sendfile => {
                let pipe = matches!(self.object(step.output), Some(Object::Pipe(_)));
                let from = match self.object(step.input) {
                    Some(Object::Socket(_)) => pipe && self.era >= Era::V6_8,
                    Some(Object::File(file)) => file.kind.splices_from(self.era),
                    _ => false,
                };
                let socket = matches!(self.object(step.output), Some(Object::Socket(_)));
                let to = match self.era {
                    Era::V2_2 | Era::V2_4 => true,
                    Era::V2_6_9 => socket,
                    _ => (!append || pipe || socket) && output.is_none_or(FileKind::splices_to),
                };
                if !from || !to {
                    return Err(Errno::EINVAL);
                }
                self.writable(step)
            }
        }
    }

    fn copy_takes(&mut self, step: Move, append: bool) -> Result<Takes> {
        let (input, output) = (self.kind(step.input), self.kind(step.output));
        if input == Some(FileKind::Directory) {
            return Err(Errno::EISDIR);
        }
        let regular = |kind| {
            matches!(
                kind,
                Some(FileKind::Regular | FileKind::Proc | FileKind::Stream)
            )
        };
        if !regular(input) || !regular(output) {
            return Err(Errno::EINVAL);
        }
        if append {
            return Err(Errno::EBADF);
        }
        let systems = [step.input, step.output].map(|fd| match self.object(fd) {
            Some(Object::File(file)) => file.system,
            _ => 0,
        });
        if systems[0] != systems[1] && self.era >= Era::V6_8 {
            return Err(Errno::EXDEV);
        }
        if input == Some(FileKind::Proc) {
            // Its size is said to be 0.
            return Ok(Takes::Nothing);
        }
        self.writable(step)
    }

    /// Whether the output can be written at all; a call without bytes does not ask
    /// for seals.
    fn writable(&mut self, step: Move) -> Result<Takes> {
        match self.object(step.output) {
            Some(Object::File(file)) if file.sealed && step.count > 0 => Err(Errno::EPERM),
            Some(Object::File(file)) if file.kind == FileKind::Full => Err(Errno::ENOSPC),
            Some(Object::Socket(socket)) if !socket.connected => {
                self.signals.raise(SIGPIPE);
                Err(Errno::EPIPE)
            }
            _ => Ok(Takes::Bytes),
        }
    }
}

/// Whether a call moves bytes of a pair that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Bytes,
    Nothing,
}

impl FileKind {
    /// Whether splice and sendfile can read it.
    fn splices_from(self, era: Era) -> bool {
        match self {
            Self::Regular | Self::Stream => true,
            Self::Proc => era == Era::V2_6_33,
            Self::Directory | Self::Null | Self::Full | Self::Terminal => false,
        }
    }

    /// Whether splice and sendfile can write it.
    fn splices_to(self) -> bool {
        !matches!(self, Self::Full | Self::Terminal | Self::Directory)
    }
}
