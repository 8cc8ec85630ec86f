//! Sockets and their addresses.

use std::{io::Read, net::SocketAddr};

use int80::{
    Errno,
    sys::{
        self, AddressFamily, Instruction, IoSlice, MessageFlags, Shutdown, SocketAddress,
        SocketFlags, SocketOption, SocketType,
    },
};
use int80_support::{
    gates::{fd, file_with, skip},
    net,
};

/// The flow label is not part of it.
#[test]
fn an_ip_address_stays_the_same() {
    for text in ["127.0.0.1:80", "[::1]:8080", "[fe80::1%7]:65535"] {
        let ip: SocketAddr = text.parse().unwrap();
        assert_eq!(SocketAddress::from(ip).ip(), Some(ip));
    }
}

int80_support::every_gate! {
    fn a_connection_from_bind_to_shutdown(gate) {
        for text in ["127.0.0.1:0", "[::1]:0"] {
            let wanted: SocketAddr = text.parse().unwrap();
            let address = SocketAddress::from(wanted);
            let socket = || sys::socket(gate, address.family(), SocketType::STREAM, SocketFlags::CLOEXEC);
            let listener = match socket() {
                Err(Errno::EAFNOSUPPORT) => {
                    skip("a_connection_from_bind_to_shutdown", "no IPv6");
                    continue;
                }
                listener => listener.unwrap(),
            };
            assert_eq!(sys::setsockopt(gate, &listener, SocketOption::REUSEADDR, 1), Ok(()));
            assert_eq!(sys::getsockopt(gate, &listener, SocketOption::REUSEADDR), Ok(1));
            if let Err(Errno::EADDRNOTAVAIL) = sys::bind(gate, &listener, &address) {
                skip("a_connection_from_bind_to_shutdown", &format!("no {text}"));
                continue;
            }
            assert_eq!(sys::listen(gate, &listener, 16), Ok(()));
            let bound = sys::getsockname(gate, &listener).unwrap();
            let ip = bound.ip().unwrap();
            assert_eq!((ip.ip(), ip.port() != 0), (wanted.ip(), true));
            let client = socket().unwrap();
            let connected = sys::connect(gate, &client, &bound);
            if connected == Err(Errno::ENETUNREACH) {
                skip("a_connection_from_bind_to_shutdown", "no loopback interface");
                continue;
            }
            assert_eq!(connected, Ok(()));
            let served = sys::accept4(gate, &listener, SocketFlags::NONBLOCK).unwrap();
            let peer = sys::getpeername_address(gate, &served).unwrap();
            assert_eq!(peer.ip(), sys::getsockname(gate, &client).unwrap().ip());
            let mut buffer = [0; 10];
            let none = MessageFlags::empty();
            assert_eq!(sys::recvfrom(gate, &served, &mut buffer, none), Err(Errno::EAGAIN));
            assert_eq!(sys::sendto(gate, &client, b"hello", MessageFlags::NOSIGNAL), Ok(5));
            assert_eq!(sys::recvfrom(gate, &served, &mut buffer, none), Ok(5));
            assert_eq!(&buffer[..5], b"hello");
            assert_eq!(sys::shutdown(gate, &client, Shutdown::Write), Ok(()));
            assert_eq!(sys::recvfrom(gate, &served, &mut buffer, none), Ok(0));
            assert_eq!(sys::sendto(gate, &client, b"more", MessageFlags::NOSIGNAL), Err(Errno::EPIPE));
        }
    }

    fn unix_sockets_have_paths(gate) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let address = SocketAddress::unix(path.to_str().unwrap().as_bytes()).unwrap();
        assert_eq!((address.family(), address.ip()), (AddressFamily::UNIX, None));
        let socket = || sys::socket(gate, AddressFamily::UNIX, SocketType::STREAM, SocketFlags::empty()).unwrap();
        let (listener, client) = (socket(), socket());
        assert_eq!(sys::bind(gate, &listener, &address), Ok(()));
        assert_eq!(sys::connect(gate, &client, &address), Err(Errno::ECONNREFUSED));
        assert_eq!(sys::listen(gate, &listener, 1), Ok(()));
        assert_eq!(sys::connect(gate, &client, &address), Ok(()));
        assert_eq!(sys::bind(gate, &socket(), &address), Err(Errno::EADDRINUSE));
        assert!(SocketAddress::unix(&[b'a'; 107]).is_some());
        assert!(SocketAddress::unix(&[b'a'; 108]).is_none());
        assert!(SocketAddress::unix(b"a\0b").is_none());
        assert!(SocketAddress::unix(b"").is_none());
        let name = format!("int80-{}", std::process::id());
        let hidden = SocketAddress::unix_abstract(name.as_bytes()).unwrap();
        let listener = socket();
        assert_eq!(sys::bind(gate, &listener, &hidden), Ok(()));
        assert_eq!(sys::listen(gate, &listener, 1), Ok(()));
        assert_eq!(sys::connect(gate, &socket(), &hidden), Ok(()));
        assert!(SocketAddress::unix_abstract(&[b'a'; 107]).is_some());
        assert!(SocketAddress::unix_abstract(&[b'a'; 108]).is_none());
    }

    /// The kernel tells a length of 111, with the NUL that does not fit.
    fn a_path_without_a_nul_is_an_address(gate) {
        let folder = tempfile::tempdir().unwrap();
        let socket = || sys::socket(gate, AddressFamily::UNIX, SocketType::STREAM, SocketFlags::empty()).unwrap();
        let mut name = libc::sockaddr_un { sun_family: libc::AF_UNIX as u16, sun_path: [0; 108] };
        let path = folder.path().to_str().unwrap().bytes();
        let path = path.chain([b'/']).chain(std::iter::repeat(b'a'));
        for (place, byte) in name.sun_path.iter_mut().zip(path) {
            *place = byte as libc::c_char;
        }
        let listener = socket();
        let size = size_of_val(&name) as libc::socklen_t;
        // SAFETY: the kernel reads the name.
        let bound = unsafe { libc::bind(listener.as_raw_fd(), (&raw const name).cast(), size) };
        assert_eq!(bound, 0);
        assert_eq!(sys::listen(gate, &listener, 1), Ok(()));
        let address = sys::getsockname(gate, &listener).unwrap();
        assert_eq!(sys::connect(gate, &socket(), &address), Ok(()));
    }

    fn a_pair_is_connected(gate) {
        let [one, other] = sys::socketpair(gate, SocketType::STREAM, SocketFlags::CLOEXEC).unwrap();
        assert_eq!(sys::sendto(gate, &one, b"x", MessageFlags::empty()), Ok(1));
        assert!(sys::ioctl_outq(gate, &one).unwrap() > 0);
        assert_eq!(sys::recvfrom(gate, &other, &mut [0; 9], MessageFlags::empty()), Ok(1));
        assert_eq!(sys::ioctl_outq(gate, &one), Ok(0));
        sys::fcntl_setfl(gate, &other, sys::OpenFlags::NONBLOCK).unwrap();
        assert!(sys::fcntl_getfl(gate, &other).unwrap().contains(sys::OpenFlags::NONBLOCK));
        let empty = sys::recvfrom(gate, &other, &mut [0; 9], MessageFlags::empty());
        assert_eq!(empty, Err(Errno::EAGAIN));
        let file = file_with(b"");
        assert_eq!(sys::listen(gate, fd(&file), 1), Err(Errno::ENOTSOCK));
    }

    /// The size of its value is a number of instructions, of 8 bytes each.
    fn a_filter_is_no_option_of_four_bytes(gate) {
        let socket = sys::socket(gate, AddressFamily::INET, SocketType::DGRAM, SocketFlags::empty()).unwrap();
        let filter = [Instruction::load(0), Instruction::load(0), Instruction::end(0)];
        let program = libc::sock_fprog { len: 3, filter: filter.as_ptr().cast_mut().cast() };
        // SAFETY: the kernel reads the program and the filter.
        let set = unsafe {
            libc::setsockopt(
                socket.as_raw_fd(),
                libc::SOL_SOCKET,
                libc::SO_ATTACH_FILTER,
                (&raw const program).cast(),
                size_of_val(&program) as libc::socklen_t,
            )
        };
        if set != 0 {
            return skip("a_filter_is_no_option_of_four_bytes", "no socket filters");
        }
        let filter = SocketOption(libc::SOL_SOCKET as u32, libc::SO_GET_FILTER as u32);
        assert_eq!(sys::getsockopt(gate, &socket, filter), Err(Errno::EINVAL));
    }

    /// The kernel would send what the buffer holds later.
    fn bytes_are_lent_for_one_call(gate) {
        for by_sendto in [true, false] {
            let (client, mut peer) = net::tcp();
            client.set_nonblocking(true).unwrap();
            let allowed = SocketOption(libc::SOL_SOCKET as u32, libc::SO_ZEROCOPY as u32);
            if sys::setsockopt(gate, fd(&client), allowed, 1).is_err() {
                return skip("bytes_are_lent_for_one_call", "no SO_ZEROCOPY");
            }
            let flags = MessageFlags::from_bits_retain(libc::MSG_ZEROCOPY as u32);
            let mut bytes = vec![b'a'; 1 << 20];
            let send = |bytes: &[u8]| match by_sendto {
                true => sys::sendto(gate, fd(&client), bytes, flags),
                false => sys::sendmsg(gate, fd(&client), &[IoSlice::new(bytes)], flags),
            };
            let mut sent = 0;
            while let Ok(count) = send(&bytes) {
                sent += count;
            }
            bytes.fill(b'b');
            let mut received = vec![0; sent];
            peer.read_exact(&mut received).unwrap();
            assert_eq!(received.iter().position(|byte| *byte != b'a'), None, "{by_sendto}");
        }
    }
}
