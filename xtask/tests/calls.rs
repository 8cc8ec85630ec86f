//! What `cargo xtask calls` writes is as it would be written now.

use std::{fs, path::Path};

#[test]
fn files_made_of_the_table_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (path, text) in xtask::calls::files(&root).expect("the table") {
        let written = fs::read_to_string(&path).unwrap_or_default();
        // Not `assert_eq`, which would print both.
        assert!(
            written == text,
            "{} is not what the table gives: run `cargo xtask calls` and look at the change",
            path.display()
        );
    }
}
