//! The kit as a folder and as a `.tar.gz`: the same bytes wherever and whenever
//! it is made.

use super::contents::Files;
use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use std::{
    fs::{self, Permissions},
    io::Write,
    os::unix::fs::PermissionsExt,
    path::Path,
};
use tar::{Builder, EntryType, Header};

/// The time of all files: the start of 1980, before which some programs refuse a
/// time.
pub const TIME: u64 = 315_532_800;

/// Makes the folder anew. It stands in its place complete, or not at all.
pub fn folder(files: &Files, folder: &Path) -> Result<()> {
    let parent = folder.parent().context("the kit has a folder above it")?;
    fs::create_dir_all(parent)?;
    let new = crate::scratch::folder(parent, ".kit")?;
    for (path, file) in files {
        let path = new.path().join(path);
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        fs::write(&path, &file.bytes)?;
        fs::set_permissions(&path, Permissions::from_mode(mode(file.program)))?;
    }
    fs::set_permissions(new.path(), Permissions::from_mode(0o755))?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::rename(new.keep(), folder)?;
    Ok(())
}

/// Makes the archive, with `top` as the one folder at its top.
pub fn archive(files: &Files, top: &str, path: &Path) -> Result<()> {
    let parent = path.parent().context("the archive has a folder")?;
    let mut new = tempfile::NamedTempFile::new_in(parent)?;
    let packed = pack(files, top)?;
    new.write_all(&packed)?;
    new.as_file()
        .set_permissions(Permissions::from_mode(0o644))?;
    new.persist(path)?;
    Ok(())
}

fn pack(files: &Files, top: &str) -> Result<Vec<u8>> {
    // Without a name, a time or the packing system's number, which the default
    // takes from the machine.
    let gz = GzBuilder::new()
        .mtime(0)
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    let mut tar = Builder::new(gz);
    for (path, file) in files {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_size(file.bytes.len() as u64);
        header.set_mode(mode(file.program));
        // No owner and a fixed time.
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(TIME);
        tar.append_data(&mut header, format!("{top}/{path}"), &*file.bytes)?;
    }
    Ok(tar.into_inner()?.finish()?)
}

/// The permissions of a file.
pub fn mode(program: bool) -> u32 {
    if program { 0o755 } else { 0o644 }
}
