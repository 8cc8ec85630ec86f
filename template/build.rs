fn main() {
    int80_build::freestanding()
}
