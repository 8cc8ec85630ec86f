//! Any bytes as a path: what it resolves to lies in the folder.
#![no_main]

use int80_serve::{Out, resolve};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut buffer = [0; 512];
    for dot_files in [false, true] {
        let Ok(path) = resolve(bytes, dot_files, &mut buffer) else {
            continue;
        };
        let resolved = path.as_bytes();
        assert!(!resolved.contains(&0));
        if resolved.is_empty() {
            continue;
        }
        for segment in resolved.split(|&byte| byte == b'/') {
            assert!(!segment.is_empty() && segment != b"." && segment != b"..");
            assert!(dot_files || segment[0] != b'.' || segment == b".well-known");
        }
        // As a URL it leads to itself.
        let mut url = [0; 2048];
        let mut out = Out::new(&mut url);
        out.byte(b'/').percent_encoded(resolved);
        let mut again = [0; 512];
        let again = resolve(out.as_bytes(), dot_files, &mut again).expect("resolved before");
        assert_eq!(again.as_bytes(), resolved);
    }
});
