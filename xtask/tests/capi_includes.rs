//! The include files of C and of both assemblers hold what the library's tables
//! hold.

use std::{env, fs, path::Path};
use xtask::dist::includes;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// With INT80_WRITE_INCLUDES=1 in the environment they are written anew.
#[test]
fn the_include_files_are_those_of_the_library_s_tables() {
    let folder = root().join("capi/include");
    for (name, text) in includes::all(root()).unwrap() {
        let path = folder.join(name);
        if env::var_os("INT80_WRITE_INCLUDES").is_some() {
            fs::write(&path, text).unwrap();
        } else {
            assert!(
                fs::read_to_string(&path).unwrap_or_default() == text,
                "{name} is not what the library's tables give: run `INT80_WRITE_INCLUDES=1 \
                 cargo test --package xtask --test capi_includes` and look at the change"
            );
        }
    }
}
