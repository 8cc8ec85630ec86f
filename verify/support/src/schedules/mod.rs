//! Many random cases of a property, and the smallest one that breaks it.
//!
//! - `INT80_SCHEDULES`: how many cases, of all properties of a test together;
//! - `INT80_SEED`: where the random numbers start, as a failed run printed it.

pub mod faults;
pub mod scenario;

use std::{fmt::Debug, time::SystemTime};

use proptest::{
    strategy::{NewTree, Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, RngSeed, TestCaseError, TestError, TestRng, TestRunner},
};

/// Random numbers, quickly (xorshift64*).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Those that start from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// The next 32 bits.
    pub fn word(&mut self) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as u32
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u32) -> u32 {
        ((u64::from(self.word()) * u64::from(limit)) >> 32) as u32
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u32) as usize].clone()
    }
}

/// A random case, and simpler ones that may break the property as well.
pub trait Case: Clone + Debug {
    fn random(random: &mut Random) -> Self;
    fn simpler(&self) -> Vec<Self>;
}

/// How many cases: by the environment, or as many as are quick.
#[must_use]
pub fn number() -> u32 {
    let given = std::env::var("INT80_SCHEDULES").ok();
    let default = match (std::env::var_os("INT80_RUNNER"), cfg!(debug_assertions)) {
        (Some(_), _) => 4_000,
        (None, true) => 40_000,
        (None, false) => 1_000_000,
    };
    given.map_or(default, |number| {
        let digits = number.replace('_', "");
        digits.parse().expect("INT80_SCHEDULES is a number")
    })
}

/// Tries the property on `share` in a hundred of the [`number`] of cases, and
/// prints how many were run.
///
/// # Panics
///
/// With the simplest case found that breaks the property.
pub fn hold<C: Case>(name: &str, share: u32, property: fn(&C) -> Result<(), String>) {
    let cases = (u64::from(number()) * u64::from(share)).div_ceil(100) as u32;
    let seed = match std::env::var("INT80_SEED") {
        Ok(seed) => seed.parse().expect("INT80_SEED is a number"),
        Err(_) => SystemTime::UNIX_EPOCH
            .elapsed()
            .map_or(0, |now| now.as_nanos() as u64),
    };
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 100_000,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let bytes: Vec<u8> = seed.to_le_bytes().repeat(4);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let strategy = Cases::<C>(std::marker::PhantomData);
    let result = runner.run(&strategy, |case| {
        property(&case).map_err(TestCaseError::fail)
    });
    match result {
        Ok(()) => println!("{name}: {cases} schedules, seed {seed}"),
        Err(TestError::Fail(why, case)) => {
            panic!("{name}: {why}\nwith {case:#?}\nagain by INT80_SEED={seed}")
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

#[derive(Debug)]
struct Cases<C>(std::marker::PhantomData<C>);

impl<C: Case> Strategy for Cases<C> {
    type Tree = Tree<C>;
    type Value = C;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        use proptest::prelude::RngCore;
        let mut random = Random::new(runner.rng().next_u64());
        let case = C::random(&mut random);
        Ok(Tree {
            best: case.clone(),
            current: case,
            candidates: Vec::new(),
        })
    }
}

/// The simplest case so far that breaks the property, and the one to try now.
struct Tree<C> {
    best: C,
    current: C,
    candidates: Vec<C>,
}

impl<C: Case> Tree<C> {
    fn next(&mut self) -> bool {
        match self.candidates.pop() {
            Some(candidate) => {
                self.current = candidate;
                true
            }
            None => {
                self.current = self.best.clone();
                false
            }
        }
    }
}

impl<C: Case> ValueTree for Tree<C> {
    type Value = C;

    fn current(&self) -> C {
        self.current.clone()
    }

    fn simplify(&mut self) -> bool {
        self.best = self.current.clone();
        self.candidates = self.best.simpler();
        self.next()
    }

    fn complicate(&mut self) -> bool {
        self.next()
    }
}
