//! Decimal numbers in text.

use int80::Errno;

/// Parses decimal digits: `parse_unsigned::<u16>(b"8080")`. It accepts no sign,
/// space or other base.
///
/// # Errors
///
/// EINVAL if `text` is empty or contains a byte that is not a digit; ERANGE if
/// `N` cannot represent the number.
///
/// # Examples
///
/// ```
/// use int80::Errno;
/// use int80_rt::parse_unsigned;
///
/// assert_eq!(parse_unsigned::<u16>(b"8080"), Ok(8080));
/// assert_eq!(parse_unsigned::<u16>(b"65536"), Err(Errno::ERANGE));
/// assert_eq!(parse_unsigned::<u16>(b"80a"), Err(Errno::EINVAL));
/// ```
pub fn parse_unsigned<N: TryFrom<u64>>(text: &[u8]) -> Result<N, Errno> {
    N::try_from(digits(text)?).map_err(|_| Errno::ERANGE)
}

/// Parses decimal digits after an optional `-` or `+`.
///
/// # Errors
///
/// EINVAL if there are no digits, or `text` contains any other byte; ERANGE if
/// `N` cannot represent the number.
///
/// # Examples
///
/// ```
/// assert_eq!(int80_rt::parse_signed::<i8>(b"-128"), Ok(-128));
/// ```
pub fn parse_signed<N: TryFrom<i64>>(text: &[u8]) -> Result<N, Errno> {
    let value = match text {
        [b'-', rest @ ..] => 0_i64.checked_sub_unsigned(digits(rest)?),
        [b'+', rest @ ..] | rest => 0_i64.checked_add_unsigned(digits(rest)?),
    };
    let value = value.ok_or(Errno::ERANGE)?;
    N::try_from(value).map_err(|_| Errno::ERANGE)
}

/// The number of the digits.
fn digits(text: &[u8]) -> Result<u64, Errno> {
    let mut value = Some(0_u64);
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return Err(Errno::EINVAL);
        }
        value = value
            .and_then(|value| value.checked_mul(10))
            .and_then(|value| value.checked_add(digit.into()));
    }
    if text.is_empty() {
        return Err(Errno::EINVAL);
    }
    value.ok_or(Errno::ERANGE)
}
