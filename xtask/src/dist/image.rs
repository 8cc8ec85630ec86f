//! An image of `sfserve` for containers, as an OCI layout folder: what a registry
//! or an engine takes, made without one.
//!
//! `target/dist/sfserve-image/` has an index, and for each architecture a manifest,
//! a configuration and one layer, a tar archive with `/sfserve` and the empty folder
//! `/site`. Blobs are named by their digests; nothing in them depends on when they
//! were made.

use crate::build::Product;
use anyhow::{Context, Result};
use int80_support::ways::Arch;
use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// The folder's name in `target/dist/`.
const NAME: &str = "sfserve-image";
const TOOL: &str = "sfserve";

/// A blob as others refer to it.
struct Blob {
    digest: String,
    bytes: usize,
}

/// Makes the folder; `None` where no architecture's tool was built.
pub fn make(products: &[Product], dist: &Path) -> Result<Option<PathBuf>> {
    let tools: Vec<&Product> = products.iter().filter(|one| one.tool == TOOL).collect();
    if tools.is_empty() {
        return Ok(None);
    }
    let folder = dist.join(NAME);
    if folder.exists() {
        fs::remove_dir_all(&folder).context("removing the old image")?;
    }
    let blobs = folder.join("blobs/sha256");
    fs::create_dir_all(&blobs)?;
    let mut manifests = Vec::new();
    for tool in tools {
        manifests.push(manifest(tool, &blobs)?);
    }
    fs::write(
        folder.join("oci-layout"),
        "{\"imageLayoutVersion\":\"1.0.0\"}\n",
    )?;
    let index = format!(
        "{{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\
         \"manifests\":[{}]}}\n",
        manifests.join(",")
    );
    fs::write(folder.join("index.json"), index)?;
    Ok(Some(folder))
}

/// Writes the blobs of an architecture: the entry of its manifest in the index.
fn manifest(tool: &Product, blobs: &Path) -> Result<String> {
    let program = fs::read(&tool.path).context("reading the tool")?;
    let layer = put(blobs, &layer(&program)?)?;
    let architecture = match tool.arch {
        Arch::I386 => "386",
        Arch::X86_64 => "amd64",
    };
    // The layer is not compressed, so that its two digests are the same.
    let config = format!(
        "{{\"architecture\":\"{architecture}\",\"os\":\"linux\",\"config\":{{\
         \"User\":\"65534:65534\",\"ExposedPorts\":{{\"8080/tcp\":{{}}}},\
         \"Entrypoint\":[\"/sfserve\",\"--listen=:8080\"],\"Cmd\":[\"/site\"]}},\
         \"rootfs\":{{\"type\":\"layers\",\"diff_ids\":[\"sha256:{}\"]}}}}\n",
        layer.digest
    );
    let config = put(blobs, config.as_bytes())?;
    let media = "application/vnd.oci.image";
    let manifest = format!(
        "{{\"schemaVersion\":2,\"mediaType\":\"{media}.manifest.v1+json\",\
         \"config\":{},\"layers\":[{}]}}\n",
        descriptor(&format!("{media}.config.v1+json"), &config, ""),
        descriptor(&format!("{media}.layer.v1.tar"), &layer, "")
    );
    let manifest = put(blobs, manifest.as_bytes())?;
    let platform =
        format!(",\"platform\":{{\"architecture\":\"{architecture}\",\"os\":\"linux\"}}");
    let media = format!("{media}.manifest.v1+json");
    Ok(descriptor(&media, &manifest, &platform))
}

fn descriptor(media: &str, blob: &Blob, more: &str) -> String {
    let Blob { digest, bytes } = blob;
    format!("{{\"mediaType\":\"{media}\",\"digest\":\"sha256:{digest}\",\"size\":{bytes}{more}}}")
}

fn layer(program: &[u8]) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    let header = |kind, mode, bytes: usize| {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(kind);
        header.set_mode(mode);
        header.set_size(bytes as u64);
        header.set_mtime(0);
        header
    };
    let mut file = header(tar::EntryType::Regular, 0o755, program.len());
    archive.append_data(&mut file, TOOL, program)?;
    let mut site = header(tar::EntryType::Directory, 0o755, 0);
    archive.append_data(&mut site, "site/", &[][..])?;
    Ok(archive.into_inner()?)
}

/// Writes a blob under the name of its digest.
fn put(blobs: &Path, bytes: &[u8]) -> Result<Blob> {
    let mut digest = String::new();
    for byte in Sha256::digest(bytes) {
        let _ = write!(digest, "{byte:02x}");
    }
    fs::write(blobs.join(&digest), bytes)?;
    Ok(Blob {
        digest,
        bytes: bytes.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blob_is_there_under_its_digest_and_of_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tool");
        fs::write(&path, b"a program").unwrap();
        let products = Arch::ALL.map(|arch| Product {
            arch,
            tool: TOOL,
            path: path.clone(),
            bytes: 9,
        });
        let image = make(&products, folder.path()).unwrap().unwrap();
        let mut texts = vec![fs::read_to_string(image.join("index.json")).unwrap()];
        let mut seen = 0;
        while let Some(text) = texts.pop() {
            for part in text.split("\"digest\":\"sha256:").skip(1) {
                let (digest, rest) = part.split_once('"').unwrap();
                let blob = fs::read(image.join("blobs/sha256").join(digest)).unwrap();
                let size = rest.strip_prefix(",\"size\":").unwrap();
                let size: usize = size.split([',', '}']).next().unwrap().parse().unwrap();
                assert_eq!(blob.len(), size);
                let again = put(folder.path(), &blob).unwrap();
                assert_eq!(again.digest, digest);
                seen += 1;
                if blob.starts_with(b"{\"schemaVersion\"") {
                    texts.push(String::from_utf8(blob).unwrap());
                }
            }
        }
        // Of each architecture a manifest, a configuration and a layer.
        assert_eq!(seen, 6);
    }
}
