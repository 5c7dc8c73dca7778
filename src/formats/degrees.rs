//! Coordinates as text, with exactly seven decimals (one centimetre).

use std::io::Write;

/// The decimals of a coordinate, as a factor.
const SCALE: u64 = 10_000_000;

/// Appends a coordinate with seven decimals: the text of `format!("{value:.7}")`, ten times as
/// fast, because an export of a province holds some ten million of them.
pub(super) fn push(out: &mut Vec<u8>, value: f64) {
    const MANTISSA_BITS: u32 = 52;
    const MANTISSA: u64 = (1 << MANTISSA_BITS) - 1;
    let bits = value.to_bits();
    // The value is its mantissa, divided by two to the power of `shift`.
    let shift = 1_075 - i64::from((bits >> MANTISSA_BITS) as u32 & 0x7ff);
    let Some(scaled) = scaled((bits & MANTISSA) | (MANTISSA + 1), shift) else {
        // Writing to memory cannot fail.
        let _ = write!(out, "{value:.7}");
        return;
    };
    let mut text = [0; 13];
    let mut at = text.len();
    let (mut whole, mut fraction) = (scaled / SCALE, scaled % SCALE);
    let mut put = |digit: u8| {
        at -= 1;
        text[at] = digit;
    };
    for _ in 0..7 {
        put(b'0' + (fraction % 10) as u8);
        fraction /= 10;
    }
    put(b'.');
    loop {
        put(b'0' + (whole % 10) as u8);
        whole /= 10;
        if whole == 0 {
            break;
        }
    }
    if value.is_sign_negative() {
        put(b'-');
    }
    out.extend_from_slice(&text[at..]);
}

/// `mantissa / 2^shift` in units of the last decimal, rounded to the nearest, to the even one of
/// two as near. `None` where it is 1,024 or more, or no number.
fn scaled(mantissa: u64, shift: i64) -> Option<u64> {
    // Below this, nothing is left of a mantissa of 53 bits.
    const VANISHED: i64 = 78;
    if shift < 43 {
        return None;
    }
    if shift >= VANISHED {
        return Some(0);
    }
    let product = u128::from(mantissa) * u128::from(SCALE);
    let scaled = (product >> shift) as u64;
    let rest = product & ((1 << shift) - 1);
    let half = 1 << (shift - 1);
    let is_up = rest > half || (rest == half && scaled % 2 == 1);
    Some(scaled + u64::from(is_up))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(value: f64) -> String {
        let mut out = Vec::new();
        push(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn odd_numbers_are_written_as_the_standard_library_writes_them() {
        for value in [
            0.0,
            -0.0,
            1e-300,
            f64::MIN_POSITIVE / 2.0,
            0.999_999_95,
            179.999_999_95,
            999.999_999_99,
            1_023.999_999_99,
            1_024.0,
            -4.9e-8,
            5e-8,
            115.003_906_25,
            115.011_718_75,
            1e300,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ] {
            assert_eq!(text(value), format!("{value:.7}"));
        }
    }

    proptest! {
        #[test]
        fn every_coordinate_is_written_as_the_standard_library_writes_it(value in -180.0..180.0) {
            prop_assert_eq!(text(value), format!("{value:.7}"));
        }

        /// Halves of the last decimal, which are exact in binary.
        #[test]
        fn ties_are_rounded_as_the_standard_library_rounds_them(part in -50_000i32..50_000) {
            let value = f64::from(part) / 256.0;
            prop_assert_eq!(text(value), format!("{value:.7}"));
        }

        #[test]
        fn every_number_whatever_is_written_as_the_standard_library_writes_it(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assert_eq!(text(value), format!("{value:.7}"));
        }
    }
}
