//! One set of arguments: the same for both sides, but that words in memory are
//! as wide as the caller's register.

use int80_support::oracle::{Kind, Look, Recipe};

use crate::room::{BAD, Room, SLOT};

/// Who makes the call.
#[derive(Clone, Copy, PartialEq)]
pub enum Side {
    /// The kernel's 32-bit entry.
    Kernel,
    Gate,
}

/// Sebastiano Vigna's splitmix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.next() % from.len() as u64) as usize]
    }

    fn int(&mut self) -> u32 {
        let any = self.next();
        match self.next() % 4 {
            0 => any as u32,
            1 => self.pick(&[0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX]),
            _ => any as u32 % 64,
        }
    }
}

pub struct Arguments {
    pub registers: [u64; 6],
    side: Side,
}

impl Arguments {
    /// The set that `seed` stands for; fills the memory of the room.
    pub fn new(recipe: &Recipe, seed: u64, room: &mut Room, side: Side) -> Self {
        let mut random = Random(seed);
        let mut registers = [0; 6];
        for (at, kind) in recipe.arguments.iter().enumerate() {
            registers[at] = one(*kind, at, &mut random, room, side);
        }
        Self { registers, side }
    }

    /// What is in memory afterwards, words without their upper halves. What is
    /// left of a time is another each time.
    pub fn memory(&self, room: &Room, recipe: &Recipe) -> Vec<u8> {
        if recipe.look != Look::All {
            return Vec::new();
        }
        let mut all = Vec::new();
        for (at, kind) in recipe.arguments.iter().enumerate() {
            let count = match kind {
                Kind::Stat64 => {
                    let slot = room.slot(at);
                    all.extend_from_slice(&[&slot[..8], &slot[12..40], &slot[44..]].concat());
                    continue;
                }
                Kind::Words(count) => *count,
                Kind::Bytes | Kind::Flock64 => {
                    all.extend_from_slice(&room.slot(at)[..SLOT]);
                    continue;
                }
                _ => continue,
            };
            let width = width(self.side);
            for word in room.slot(at).chunks_exact(width).take(count) {
                all.extend_from_slice(&word[..4]);
            }
        }
        // What `Parts` point to.
        all.extend_from_slice(room.slot(6));
        all
    }
}

fn width(side: Side) -> usize {
    match side {
        Side::Kernel => 4,
        Side::Gate => 8,
    }
}

/// Words with a sign, each as wide as the caller's register.
fn words(room: &mut Room, at: usize, side: Side, words: &[i64]) -> u64 {
    let width = width(side);
    let slot = room.slot_mut(at);
    for (place, word) in slot.chunks_exact_mut(width).zip(words) {
        place.copy_from_slice(&word.to_le_bytes()[..width]);
    }
    room.address(at)
}

fn one(kind: Kind, at: usize, random: &mut Random, room: &mut Room, side: Side) -> u64 {
    let second = |random: &mut Random| random.pick(&[0, 0, 0, -1]);
    let fraction = |random: &mut Random| random.pick(&[0, 1, 500, 1000, -1, 1_000_000_000]);
    let micro = |random: &mut Random| random.pick(&[0, 1, 500, -1]);
    match kind {
        Kind::Fd => u64::from(room.descriptor(random.next()) as u32),
        Kind::Folder => u64::from(random.pick(&[-100, -100, room.folder(), -1]) as u32),
        Kind::Path => {
            let path = random.pick(&["a", "l", "b", "e", "b/x", "missing", "", "a/x"]);
            match random.next() % 16 {
                0 => BAD,
                _ => room.text(at, path),
            }
        }
        Kind::NewPath => {
            let path = random.pick(&["n", "b/n", "a", "e", "missing/n", ""]);
            room.text(at, path)
        }
        Kind::Bytes => {
            let small = random.next() % 2 == 0;
            for byte in room.slot_mut(at) {
                *byte = random.next() as u8;
            }
            if small {
                // A few small fields, then zeros.
                for (at, byte) in room.slot_mut(at).iter_mut().enumerate() {
                    *byte = if at % 4 == 0 && at < 16 {
                        *byte & 15
                    } else {
                        0
                    };
                }
            }
            room.address(at)
        }
        Kind::Words(count) => {
            let values: Vec<i64> = (0..count)
                .map(|_| match random.next() % 2 {
                    0 => random.next() as i64 % 1000,
                    _ => i64::from(random.int() as i32),
                })
                .collect();
            words(room, at, side, &values)
        }
        Kind::Parts => {
            let base = room.address(6) as i64;
            let mut values = [0; 6];
            for (part, value) in values.chunks_exact_mut(2).enumerate() {
                value[0] = base + 300 * part as i64;
                value[1] = random.next() as i64 & 0xff;
            }
            words(room, at, side, &values)
        }
        Kind::Time => {
            let time = [second(random), fraction(random)];
            words(room, at, side, &time)
        }
        Kind::Micro => {
            let time = [second(random), micro(random)];
            words(room, at, side, &time)
        }
        Kind::Time64 => {
            let time = [second(random), fraction(random)];
            words(room, at, Side::Gate, &time)
        }
        Kind::Bad => BAD,
        Kind::Null => 0,
        Kind::Length => u64::from(match random.next() % 4 {
            0 => random.pick(&[0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX]),
            _ => random.next() as u32 % 1024,
        }),
        Kind::Int => u64::from(random.int()),
        Kind::Long => {
            let value = match random.next() % 3 {
                0 => i64::from(random.int() as i32),
                _ => random.next() as i64 % 12_000,
            };
            match side {
                Side::Kernel => u64::from(value as u32),
                Side::Gate => value as u64,
            }
        }
        Kind::Bits(bits) => u64::from(random.next() as u32 & bits),
        Kind::Of(values) => u64::from(random.pick(values)),
        Kind::Low => match random.next() % 3 {
            0 => u64::from(random.int()),
            _ => random.next() % 12_000,
        },
        Kind::High => u64::from(random.pick(&[0, 0, 0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX])),
        Kind::Flock64 => {
            let kind = random.pick(&[0_u32, 1, 2, 3, 0x1_0001, 0x2_0000]);
            let [start, length] = [(); 2].map(|()| random.next() % 4000);
            let slot = room.slot_mut(at);
            slot[..4].copy_from_slice(&kind.to_le_bytes());
            slot[4..12].copy_from_slice(&start.to_le_bytes());
            slot[12..20].copy_from_slice(&length.to_le_bytes());
            slot[20..24].copy_from_slice(&random.pick(&[0_u32, 0, 7]).to_le_bytes());
            room.address(at)
        }
        Kind::Stat64 => room.address(at),
        Kind::Address => {
            let family = random.pick(&[0_u16, 1, 2, 99]);
            room.slot_mut(at)[..2].copy_from_slice(&family.to_le_bytes());
            room.address(at)
        }
        Kind::AddressLength => random.pick(&[0, 2, 16, 200]),
        Kind::SocketWords => {
            let fd = i64::from(room.descriptor(random.next()));
            let first = random.pick(&[fd, 1, 2]);
            let rest = [(); 2].map(|()| random.pick(&[0, 1, 2, BAD as i64]));
            words(room, at, side, &[first, rest[0], rest[1], 0, 0, 0])
        }
        Kind::MmapWords => {
            let fd = i64::from(room.descriptor(random.next()));
            let (length, flags) = (random.pick(&[0, 1, 70_000]), random.pick(&[0x22, 2, 1, 0]));
            let offset = random.pick(&[0, 4096, 1]);
            let protection = random.next() as i64 & 7;
            words(room, at, side, &[0, length, protection, flags, fd, offset])
        }
        Kind::SelectWords => {
            let count = random.pick(&[0, -1]);
            let time = [second(random), micro(random)];
            let time = words(room, 5, side, &time) as i64;
            words(room, at, side, &[count, 0, 0, 0, time])
        }
    }
}
