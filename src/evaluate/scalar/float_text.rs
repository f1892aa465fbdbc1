//! Floating numbers as text, in each of the forms of `PyOS_double_to_string`.

use crate::evaluate::machine::fault::{Fault, Pure};
use crate::evaluate::shown::repr::float_digits;

/// Digits behind the point at most: an exact decimal expansion ends long before.
const MOST_PRECISION: usize = 2_000;

/// How a number is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    /// `e`, `f`, `g`, or `r` for the shortest that gives the number back.
    pub code: char,
    pub precision: usize,
    /// `#`: the point stays, and so do zeros at the end.
    pub alternate: bool,
    /// A whole number gets `.0`.
    pub with_zero: bool,
}

/// The text of a number, with a minus where it is negative.
pub(crate) fn double_text(number: f64, form: Form) -> Pure<String> {
    if form.precision > MOST_PRECISION {
        return Err(Fault::Unknown);
    }
    if number.is_nan() {
        return Ok("nan".into());
    }
    if number.is_infinite() {
        return Ok(if number > 0.0 { "inf" } else { "-inf" }.into());
    }
    let precision = form.precision;
    let mut text = match form.code {
        'f' => format!("{number:.precision$}"),
        'e' => with_exponent(&format!("{number:.precision$e}"), form.alternate),
        'g' => general(number, precision.max(1), form),
        _ => {
            let mut text = float_digits(number);
            if form.alternate && !text.contains('.') {
                match text.find('e') {
                    Some(at) => text.insert(at, '.'),
                    None => text.push('.'),
                }
            }
            text
        }
    };
    if form.code == 'f' && form.alternate && precision == 0 {
        text.push('.');
    }
    if form.with_zero && !text.contains(['.', 'e']) {
        text.push_str(".0");
    }
    Ok(text)
}

/// `1.5e-7` of ours as Python writes it: two digits of the exponent at least, and its sign.
fn with_exponent(text: &str, alternate: bool) -> String {
    let Some((digits, exponent)) = text.split_once('e') else {
        return text.to_owned();
    };
    let power: i32 = exponent.parse().unwrap_or(0);
    let point = if alternate && !digits.contains('.') {
        "."
    } else {
        ""
    };
    let sign = if power < 0 { '-' } else { '+' };
    format!("{digits}{point}e{sign}{:02}", power.unsigned_abs())
}

/// `%g`: an exponent where the number is very small or has more digits before the point than asked for.
fn general(number: f64, precision: usize, form: Form) -> String {
    let decimals = precision - 1;
    let scientific = format!("{number:.decimals$e}");
    let power: i64 = scientific
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0);
    let most = i64::try_from(precision).unwrap_or(i64::MAX) - i64::from(form.with_zero);
    if power < -4 || power + 1 > most {
        let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let digits = if form.alternate {
            digits
        } else {
            without_zeros(digits)
        };
        return with_exponent(&format!("{digits}e{exponent}"), form.alternate);
    }
    let decimals = usize::try_from(i64::try_from(precision).unwrap_or(0) - 1 - power).unwrap_or(0);
    let text = format!("{number:.decimals$}");
    if form.alternate {
        return if text.contains('.') { text } else { text + "." };
    }
    without_zeros(&text).to_owned()
}

fn without_zeros(digits: &str) -> &str {
    if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_digit() {
        let text = |number, code, precision| {
            let form = Form {
                code,
                precision,
                alternate: false,
                with_zero: false,
            };
            double_text(number, form).unwrap_or_default()
        };
        assert_eq!(text(0.5, 'f', 0), "0");
        assert_eq!(text(1.5, 'f', 0), "2");
        assert_eq!(text(2.5, 'f', 0), "2");
        assert_eq!(text(0.125, 'f', 2), "0.12");
        assert_eq!(text(2.675, 'f', 2), "2.67");
        assert_eq!(text(2.5, 'e', 0), "2e+00");
        assert_eq!(text(1_234_567.0, 'g', 6), "1.23457e+06");
        assert_eq!(text(0.0001, 'g', 6), "0.0001");
        assert_eq!(text(100_000.0, 'g', 6), "100000");
        assert_eq!(text(0.0, 'g', 6), "0");
    }
}
