//! The link arguments of a freestanding program.

fn main() {
    int80_build::freestanding();
}
