//! The environment of a person, and not that of the cargo that started this
//! program.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// Takes away what the cargo and the rustup that started this program have set
/// for themselves. What the person may have set about the network, the terminal
/// and the tests stays.
pub fn clean(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if is_of_the_outer_cargo(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
    // `cargo run` puts the folders of its toolchain's libraries here.
    if let Some(path) = env::var_os("LD_LIBRARY_PATH") {
        let of_rust = |folder: &Path| {
            let text = folder.to_string_lossy();
            ["/toolchains/", "/rustlib/", "/target/"]
                .iter()
                .any(|part| text.contains(part))
        };
        let kept: Vec<PathBuf> = env::split_paths(&path)
            .filter(|one| !of_rust(one))
            .collect();
        match env::join_paths(kept) {
            Ok(kept) if !kept.is_empty() => command.env("LD_LIBRARY_PATH", kept),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
}

fn is_of_the_outer_cargo(name: &str) -> bool {
    let kept = [
        "CARGO_HOME",
        "CARGO_INCREMENTAL",
        "RUST_BACKTRACE",
        "RUST_TEST_THREADS",
        "RUST_LOG",
    ];
    // Of rustup's, all but the toolchain are the person's: one who has forbidden
    // it to install (`RUSTUP_AUTO_INSTALL=0`) must not see it replace theirs.
    let kept_prefixes = [
        "CARGO_HTTP_",
        "CARGO_NET_",
        "CARGO_PROFILE_",
        "CARGO_REGISTR",
        "CARGO_SOURCE_",
        "CARGO_TERM_",
        "RUSTUP_",
    ];
    (name.starts_with("CARGO") || name.starts_with("RUST"))
        && !kept.contains(&name)
        && (name == "RUSTUP_TOOLCHAIN"
            || !kept_prefixes.iter().any(|prefix| name.starts_with(prefix)))
}

#[cfg(test)]
mod tests {
    use super::is_of_the_outer_cargo;

    #[test]
    fn only_what_the_outer_cargo_has_set_is_taken_away() {
        for name in [
            "CARGO",
            "CARGO_PKG_NAME",
            "CARGO_MANIFEST_DIR",
            "RUSTC",
            "RUSTFLAGS",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_TARGET_DIR",
            "RUSTUP_TOOLCHAIN",
            "RUSTDOC",
        ] {
            assert!(is_of_the_outer_cargo(name), "{name}");
        }
        for name in [
            "PATH",
            "HOME",
            "CARGO_HOME",
            "CARGO_NET_OFFLINE",
            "CARGO_PROFILE_DEV_DEBUG",
            "RUST_BACKTRACE",
            "CARGO_REGISTRIES_X_INDEX",
            "CARGO_HTTP_PROXY",
            "RUSTUP_HOME",
            "RUSTUP_AUTO_INSTALL",
        ] {
            assert!(!is_of_the_outer_cargo(name), "{name}");
        }
    }
}
