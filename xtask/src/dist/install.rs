//! Puts the kit where compilers and people look for it.

use anyhow::{Context, Result, bail};
use int80_support::ways::Arch;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Copies the kit's files to their places below `prefix`; gives those places.
///
/// | in the kit | below the prefix |
/// |---|---|
/// | `bin/x86_64/NAME`, `bin/i386/NAME` | `bin/NAME`, `bin/NAME-i386` |
/// | `include/`, `share/` | the same |
/// | `lib/ARCHITECTURE/` | `lib/ARCHITECTURE-linux-gnu/` |
/// | the top | `share/doc/int80/` |
pub fn install(kit: &Path, prefix: &Path) -> Result<Vec<PathBuf>> {
    let mut installed = Vec::new();
    for path in files(kit, Path::new(""))? {
        let Some(place) = place(&path)? else { continue };
        let (from, to) = (kit.join(&path), prefix.join(place));
        put(&from, &to)
            .with_context(|| format!("cannot install {} as {}", path.display(), to.display()))?;
        installed.push(to);
    }
    Ok(installed)
}

/// Where a file of the kit goes; `None`: nowhere.
pub fn place(path: &Path) -> Result<Option<PathBuf>> {
    let text = path.to_str().context("the kit's names are plain text")?;
    let parts: Vec<&str> = text.split('/').collect();
    let arch = |name: &str| Arch::ALL.into_iter().find(|arch| arch.name() == name);
    Ok(Some(match parts[..] {
        // The places are others, and so are the sums of a folder.
        ["SHA256SUMS"] => return Ok(None),
        [name] => Path::new("share/doc/int80").join(name),
        ["bin", folder, name] => match arch(folder) {
            Some(Arch::X86_64) => Path::new("bin").join(name),
            Some(Arch::I386) => Path::new("bin").join(format!("{name}-i386")),
            None => bail!("{text} is of no architecture"),
        },
        ["lib", folder, ..] if arch(folder).is_some() => {
            let rest: PathBuf = parts[2..].iter().collect();
            Path::new("lib")
                .join(format!("{folder}-linux-gnu"))
                .join(rest)
        }
        ["include" | "share", ..] => path.to_owned(),
        _ => bail!("{text} has no place to go to"),
    }))
}

/// Puts a file into its place as a whole: a program that runs from there, or
/// has the shared object mapped, keeps the old one.
fn put(from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().context("a file has a folder")?;
    fs::create_dir_all(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(&fs::read(from)?)?;
    new.as_file()
        .set_permissions(fs::metadata(from)?.permissions())?;
    new.persist(to)?;
    Ok(())
}

/// The paths of all files in `top`, sorted, relative to it.
fn files(top: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    let absolute = top.join(folder);
    let entries =
        fs::read_dir(&absolute).with_context(|| format!("cannot read {}", absolute.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            paths.extend(files(top, &path)?);
        } else {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_has_its_usual_place() {
        for (path, expected) in [
            ("bin/x86_64/sfcat", "bin/sfcat"),
            ("bin/i386/sfcat", "bin/sfcat-i386"),
            ("lib/i386/libint80.a", "lib/i386-linux-gnu/libint80.a"),
            (
                "lib/x86_64/pkgconfig/int80.pc",
                "lib/x86_64-linux-gnu/pkgconfig/int80.pc",
            ),
            ("include/int80.h", "include/int80.h"),
            ("share/int80/link.ld", "share/int80/link.ld"),
            ("LICENSE-MIT", "share/doc/int80/LICENSE-MIT"),
        ] {
            let place = place(Path::new(path)).unwrap();
            assert_eq!(place.as_deref(), Some(Path::new(expected)), "{path}");
        }
        assert!(place(Path::new("SHA256SUMS")).unwrap().is_none());
        assert!(place(Path::new("bin/arm/sf")).is_err());
        assert!(place(Path::new("lib/arm/libint80.a")).is_err());
    }
}
