//! The documents: links lead somewhere, manual pages say what the tools and the
//! header say, completions complete, and each call is described in one shape.

mod completions;
mod links;
mod manual;
mod shape;

use std::path::{Path, PathBuf};

/// The checkout.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the checkout").to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
