//! Copies of the checkout.

use crate::{
    place::{Skip, Verdict, need, root},
    run::any,
};
use std::{fs, os::unix::fs::symlink, path::Path, process::Command};

/// Copies the files that git knows, or would know, to a folder that exists.
pub fn copy(to: &Path) -> Verdict {
    need("git")?;
    let all = [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let listed = any(Command::new("git").current_dir(root()).args(all));
    if !listed.status.success() {
        return Err(Skip("this is no checkout of git's".to_owned()));
    }
    let names = listed.stdout.split(|&byte| byte == 0);
    for name in names.filter(|name| !name.is_empty()) {
        let name = Path::new(std::str::from_utf8(name).expect("a plain name"));
        let (from, to) = (root().join(name), to.join(name));
        // A file that is deleted and still in git's index is none.
        let Ok(kind) = fs::symlink_metadata(&from) else {
            continue;
        };
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        if kind.is_symlink() {
            let target = fs::read_link(&from).expect("a link");
            symlink(target, &to).expect("a link");
        } else {
            fs::copy(&from, &to).expect("a copy");
        }
    }
    Ok(())
}
