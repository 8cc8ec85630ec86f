//! The dispatch of numbers and registers to calls.

use int80::{Errno, Register, gate::nr};
use linux_raw_sys::{
    general::{O_APPEND, O_RDONLY, O_WRONLY},
    net,
};

use super::{
    memory,
    moves::{Move, Way},
    setup::place,
    state::{Result, State},
};

/// `struct iovec`.
type Part = (Register, usize);

impl State {
    /// Call `number`, which moves at most `most` bytes.
    pub fn dispatch(&mut self, number: u32, r: [Register; 6], most: u64) -> Result {
        let [a, b, c, d, e, _] = r;
        let [fd, second, third] = [a, b, c].map(|r| place(r.bits() as i32));
        let clamp = |count: Register| (count.bits() as u64).min(0x7fff_f000);
        match number {
            nr::READ => self.read(fd, b, clamp(c).min(most), None),
            nr::PREAD64 => {
                let at = d.bits() as u64 | ((e.bits() as u64) << 32);
                self.read(fd, b, clamp(c).min(most), Some(at))
            }
            nr::CLOSE => self.close(fd),
            nr::WRITE => {
                let most = self.whole(fd, most);
                let bytes = memory::read(b, clamp(c).min(most) as usize)?;
                self.write(fd, &bytes)
            }
            nr::WRITEV => {
                let most = self.whole(fd, most);
                let bytes = self.gather(b, c.bits(), most)?;
                self.write(fd, &bytes)
            }
            nr::SENDMSG => {
                let most = self.whole(fd, most);
                self.sendmsg(r, most)
            }
            nr::SENDFILE => self.sendfile(fd, second, c, clamp(d), most),
            nr::SENDFILE64 => self.sendfile64(fd, second, c, clamp(d), most),
            nr::SPLICE | nr::COPY_FILE_RANGE => {
                let way = if number == nr::SPLICE {
                    Way::Splice
                } else {
                    Way::Copy
                };
                self.move_cell(way, third, fd, b, clamp(e), most)
            }
            nr::FCNTL64 => self.fcntl(fd, b, c),
            nr::POLL => self.poll(a, b.bits(), c),
            nr::LSEEK if size_of::<usize>() == 8 => {
                self.seek(fd, b.bits() as i64, c).map(|at| at as usize)
            }
            nr::_LLSEEK => {
                let offset = (c.bits() as u64 | ((b.bits() as u64) << 32)) as i64;
                let at = self.seek(fd, offset, e)?;
                memory::store(d, at).map(|()| 0)
            }
            nr::STATX => self.statx(r),
            nr::FSTAT64 => self.fstat64(fd, b),
            nr::GETSOCKOPT => self.getsockopt(r),
            nr::SOCKETCALL if a.bits() == net::SYS_GETSOCKOPT as usize => {
                let [fd, level, name, to, size] = memory::load(b)?;
                self.getsockopt([fd, level, name, to, size, size])
            }
            nr::SETSOCKOPT => self.setsockopt(r),
            nr::GETPEERNAME => self.getpeername(r),
            nr::RT_SIGPROCMASK => self.sigprocmask(r),
            nr::RT_SIGPENDING => self.sigpending(r),
            nr::RT_SIGTIMEDWAIT => self.sigtimedwait(r),
            nr::CLOCK_GETTIME64 => {
                let time = [self.clock / 1_000_000_000, self.clock % 1_000_000_000];
                memory::store(b, time).map(|()| 0)
            }
            nr::CLOCK_GETTIME => {
                let time = [self.clock / 1_000_000_000, self.clock % 1_000_000_000];
                memory::store(b, time.map(|part| part as usize)).map(|()| 0)
            }
            _ => Err(Errno::ENOSYS),
        }
    }

    /// `most`, but for a datagram socket, which takes a message whole.
    fn whole(&mut self, fd: usize, most: u64) -> u64 {
        match self.is_datagram(fd) {
            true => u64::MAX,
            false => most,
        }
    }

    fn close(&mut self, fd: usize) -> Result {
        self.file(fd)?;
        self.open[fd] = None;
        Ok(0)
    }

    /// The bytes of an array of parts, at most `most`.
    pub fn gather(&mut self, parts: Register, count: usize, most: u64) -> Result<Vec<u8>> {
        if count > 1024 {
            return Err(Errno::EINVAL);
        }
        let mut bytes = Vec::new();
        for index in 0..count {
            let at = Register::from(
                parts
                    .as_ptr()
                    .cast::<Part>()
                    .wrapping_add(index)
                    .cast_const(),
            );
            let (base, len) = memory::load::<Part>(at)?;
            let room = most.saturating_sub(bytes.len() as u64);
            bytes.extend(memory::read(base, len.min(room as usize))?);
        }
        Ok(bytes)
    }

    /// 187: the offset has 32 bits, and ends at 2 GiB.
    fn sendfile(
        &mut self,
        output: usize,
        input: usize,
        cell: Register,
        count: u64,
        most: u64,
    ) -> Result {
        const END: u64 = 0x7fff_ffff;
        if cell == Register::ZERO {
            return self.sendfile64(output, input, cell, count, most);
        }
        let start = i64::from(memory::load::<i32>(cell)?);
        self.opened(input, O_RDONLY)?;
        if start < 0 {
            return Err(Errno::EINVAL);
        }
        let mut position = start as u64;
        self.opened(output, O_WRONLY)?;
        if position >= END {
            return Err(Errno::EOVERFLOW);
        }
        let count = count.min(END - position);
        let moved = self.transfer(
            Move {
                way: Way::Sendfile,
                input,
                output,
                count,
                most,
            },
            Some(&mut position),
        );
        memory::store(cell, position as i32)?;
        moved
    }

    fn sendfile64(
        &mut self,
        output: usize,
        input: usize,
        cell: Register,
        count: u64,
        most: u64,
    ) -> Result {
        self.move_cell(Way::Sendfile, output, input, cell, count, most)
    }

    /// A call with a 64-bit offset.
    fn move_cell(
        &mut self,
        way: Way,
        output: usize,
        input: usize,
        cell: Register,
        count: u64,
        most: u64,
    ) -> Result {
        let step = Move {
            way,
            input,
            output,
            count,
            most,
        };
        if cell == Register::ZERO {
            return self.transfer(step, None);
        }
        let mut position = memory::load::<u64>(cell)?;
        let moved = self.transfer(step, Some(&mut position));
        memory::store(cell, position)?;
        moved
    }

    /// Whether the descriptor writes at the end only.
    pub fn appends(&mut self, fd: usize) -> bool {
        self.file(fd).is_ok_and(|open| open.flags & O_APPEND != 0)
    }
}
