//! One test of each part together.

use int80_serve::{Head, Method, Parsed, Status, resolve};

#[test]
fn a_request_is_parsed_and_its_path_resolved() {
    let bytes = b"GET /a/./b%20c//?q HTTP/1.1\r\nHost: example.org\r\n\r\nGET";
    let Parsed::Request(request, used) = Head::parse(bytes) else {
        panic!("{:?}", Head::parse(bytes));
    };
    assert_eq!((request.method, used), (Method::Get, bytes.len() - 3));
    let mut buffer = [0; 64];
    let resolved = resolve(request.path, false, &mut buffer).unwrap();
    assert_eq!(resolved.as_c_str(), c"a/b c");
    assert!(resolved.slash);
    let mut buffer = [0; 64];
    assert_eq!(
        resolve(b"/../x", false, &mut buffer).unwrap_err(),
        Status::BadRequest
    );
}
