//! Tells the build scripts of programs, as `DEP_INT80_RT_STD`, that this build
//! of the runtime has no start of its own, so that a C library's is linked.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_STD").is_some() {
        println!("cargo::metadata=std=1");
    }
}
