//! `format(value, spec)` of numbers and text: the format specification mini-language (`Python/formatter_unicode.c`).

use num_bigint::{BigInt, Sign};
use num_traits::{Signed as _, ToPrimitive as _};

use crate::evaluate::machine::fault::{Fault, MOST_BYTES, Pure, overflow, untold, value_error};
use crate::evaluate::machine::value::Value;
use crate::evaluate::scalar::float_text::{Form, double_text};
use crate::evaluate::scalar::number::to_float;
use crate::evaluate::shown::repr::{complex_text, whole_number};
use crate::source::PythonVersion;

/// A specification, taken apart.
#[derive(Debug, Clone)]
struct Spec {
    fill: char,
    align: char,
    is_aligned: bool,
    sign: Option<char>,
    no_negative_zero: bool,
    alternate: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

/// `format(value, spec)` of a number or a text, where the specification is not empty.
pub(crate) fn formatted_scalar(value: &Value, spec: &str, version: PythonVersion) -> Pure<String> {
    match value {
        Value::Str(text) => of_text(text, &parsed(spec, '<', "str", version)?),
        Value::Float(number) => {
            let spec = parsed(spec, '>', "float", version)?;
            of_float(*number, &spec, "float")
        }
        Value::Complex(real, imaginary) => {
            let spec = parsed(spec, '>', "complex", version)?;
            of_complex(*real, *imaginary, &spec)
        }
        Value::Bool(it) => {
            let spec = parsed(spec, '>', "bool", version)?;
            of_whole(&BigInt::from(i64::from(*it)), &spec, "bool", version)
        }
        Value::Int(it) => {
            let spec = parsed(spec, '>', "int", version)?;
            of_whole(&BigInt::from(*it), &spec, "int", version)
        }
        Value::BigInt(it) => {
            let spec = parsed(spec, '>', "int", version)?;
            of_whole(it, &spec, "int", version)
        }
        _ => Err(Fault::Unknown),
    }
}

/// `parse_internal_render_format_spec`
fn parsed(text: &str, default: char, of: &str, version: PythonVersion) -> Pure<Spec> {
    let letters: Vec<char> = text.chars().collect();
    let is_align = |it: Option<&char>| it.is_some_and(|it| matches!(it, '<' | '>' | '=' | '^'));
    let mut at = 0;
    let mut spec = Spec {
        fill: ' ',
        align: default,
        is_aligned: false,
        sign: None,
        no_negative_zero: false,
        alternate: false,
        width: 0,
        grouping: None,
        precision: None,
        kind: None,
    };
    let mut is_filled = false;
    if is_align(letters.get(1)) {
        spec.fill = letters[0];
        spec.align = letters[1];
        (is_filled, spec.is_aligned) = (true, true);
        at = 2;
    } else if is_align(letters.first()) {
        spec.align = letters[0];
        spec.is_aligned = true;
        at = 1;
    }
    if let Some(sign @ (' ' | '+' | '-')) = letters.get(at) {
        spec.sign = Some(*sign);
        at += 1;
    }
    if version >= PythonVersion::three(11) && letters.get(at) == Some(&'z') {
        spec.no_negative_zero = true;
        at += 1;
    }
    if letters.get(at) == Some(&'#') {
        spec.alternate = true;
        at += 1;
    }
    if !is_filled && letters.get(at) == Some(&'0') {
        spec.fill = '0';
        if !spec.is_aligned && (default == '>' || version < PythonVersion::three(10)) {
            spec.align = '=';
        }
        at += 1;
    }
    let number = |at: &mut usize| -> Pure<Option<usize>> {
        let start = *at;
        let mut value: usize = 0;
        while let Some(digit) = letters.get(*at).and_then(|it| it.to_digit(10)) {
            value = match value
                .checked_mul(10)
                .and_then(|it| it.checked_add(digit as usize))
            {
                Some(value) if i64::try_from(value).is_ok() => value,
                _ => return value_error("Too many decimal digits in format string"),
            };
            *at += 1;
        }
        Ok((*at > start).then_some(value))
    };
    spec.width = number(&mut at)?.unwrap_or(0);
    if letters.get(at) == Some(&',') {
        spec.grouping = Some(',');
        at += 1;
    }
    if letters.get(at) == Some(&'_') {
        if spec.grouping.is_some() {
            return value_error("Cannot specify both ',' and '_'.");
        }
        spec.grouping = Some('_');
        at += 1;
    }
    if letters.get(at) == Some(&',') && spec.grouping == Some('_') {
        return value_error("Cannot specify both ',' and '_'.");
    }
    if letters.get(at) == Some(&'.') {
        at += 1;
        match number(&mut at)? {
            Some(precision) => spec.precision = Some(precision),
            None => return value_error("Format specifier missing precision"),
        }
    }
    match letters.get(at..).unwrap_or_default() {
        [] => {}
        [kind] => spec.kind = Some(*kind),
        _ if version < PythonVersion::three(11) => return value_error("Invalid format specifier"),
        _ => {
            return value_error(format!(
                "Invalid format specifier '{text}' for object of type '{of}'"
            ));
        }
    }
    if let Some(grouping) = spec.grouping {
        match spec.kind {
            None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => {}
            Some('b' | 'o' | 'x' | 'X') if grouping == '_' => {}
            Some(kind) => {
                return value_error(format!("Cannot specify '{grouping}' with '{kind}'."));
            }
        }
    }
    if spec.width > MOST_BYTES {
        return Err(Fault::Budget);
    }
    Ok(spec)
}

fn unknown_code<T>(kind: char, of: &str) -> Pure<T> {
    if (' '..='~').contains(&kind) {
        value_error(format!(
            "Unknown format code '{kind}' for object of type '{of}'"
        ))
    } else {
        value_error(format!(
            "Unknown format code '\\x{:x}' for object of type '{of}'",
            u32::from(kind)
        ))
    }
}

/// `format_string_internal`
fn of_text(text: &str, spec: &Spec) -> Pure<String> {
    match spec.kind {
        None | Some('s') => {}
        Some(kind) => return unknown_code(kind, "str"),
    }
    match spec.sign {
        Some(' ') => {
            return value_error("Space not allowed in string format specifier");
        }
        Some(_) => return value_error("Sign not allowed in string format specifier"),
        None => {}
    }
    if spec.no_negative_zero {
        return value_error("Negative zero coercion (z) not allowed in string format specifier");
    }
    if spec.alternate {
        return value_error("Alternate form (#) not allowed in string format specifier");
    }
    if spec.align == '=' {
        return value_error("'=' alignment not allowed in string format specifier");
    }
    if spec.grouping.is_some() {
        return value_error(format!(
            "Cannot specify '{}' with 's'.",
            spec.grouping.unwrap_or(',')
        ));
    }
    let shown: String = match spec.precision {
        Some(most) => text.chars().take(most).collect(),
        None => text.to_owned(),
    };
    Ok(padded(&shown, spec.width, spec.align, spec.fill))
}

/// A text filled up to a width.
pub(crate) fn padded(text: &str, width: usize, align: char, fill: char) -> String {
    let missing = width.saturating_sub(text.chars().count());
    let left = match align {
        '<' => 0,
        '^' => missing / 2,
        _ => missing,
    };
    let mut out = String::with_capacity(text.len() + missing);
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, missing - left));
    out
}

/// `format_long_internal`
fn of_whole(number: &BigInt, spec: &Spec, of: &str, version: PythonVersion) -> Pure<String> {
    let kind = spec.kind.unwrap_or('d');
    match kind {
        'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n' => {}
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            return of_float(to_float(number)?, spec, of);
        }
        kind => return unknown_code(kind, of),
    }
    if spec.precision.is_some() {
        return value_error("Precision not allowed in integer format specifier");
    }
    if spec.no_negative_zero {
        return value_error(
            "Negative zero coercion (z) not allowed in format specifier with integer",
        );
    }
    if kind == 'c' {
        if spec.sign.is_some() {
            return value_error("Sign not allowed with integer format specifier 'c'");
        }
        if spec.alternate {
            return value_error("Alternate form (#) not allowed with integer format specifier 'c'");
        }
        let code = number.to_i64();
        if code.is_none() {
            return untold("OverflowError");
        }
        let Some(code) = code.filter(|it| (0..0x11_0000).contains(it)) else {
            return overflow("%c arg not in range(0x110000)");
        };
        let Some(letter) = u32::try_from(code).ok().and_then(char::from_u32) else {
            return Err(Fault::Unknown);
        };
        let parts = Parts {
            sign: String::new(),
            prefix: String::new(),
            digits: String::new(),
            rest: letter.to_string(),
            group: 3,
        };
        return Ok(parts.joined(spec));
    }
    let magnitude = BigInt::from(number.magnitude().clone());
    let (radix, prefix) = match kind {
        'b' => (2, "0b"),
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let digits = if radix == 10 {
        whole_number(&magnitude, version)?
    } else {
        magnitude.to_str_radix(radix)
    };
    let parts = Parts {
        sign: sign_of(number.sign() == Sign::Minus, spec),
        prefix: if spec.alternate {
            prefix.into()
        } else {
            String::new()
        },
        digits: if kind == 'X' {
            digits.to_uppercase()
        } else {
            digits
        },
        rest: String::new(),
        group: if radix == 10 { 3 } else { 4 },
    };
    Ok(parts.joined(spec))
}

fn sign_of(is_negative: bool, spec: &Spec) -> String {
    match (is_negative, spec.sign) {
        (true, _) => "-".into(),
        (false, Some('+')) => "+".into(),
        (false, Some(' ')) => " ".into(),
        _ => String::new(),
    }
}

/// A number's text in its parts.
struct Parts {
    sign: String,
    prefix: String,
    digits: String,
    rest: String,
    group: usize,
}

impl Parts {
    /// Puts them together, digits grouped and the whole filled up (`calc_number_widths`, `fill_number`).
    fn joined(&self, spec: &Spec) -> String {
        let around =
            self.sign.chars().count() + self.prefix.chars().count() + self.rest.chars().count();
        let least = if spec.fill == '0' && spec.align == '=' {
            spec.width.saturating_sub(around)
        } else {
            0
        };
        let digits = if self.digits.is_empty() {
            String::new()
        } else {
            grouped(&self.digits, spec.grouping, self.group, least)
        };
        let length = around + digits.chars().count();
        let missing = spec.width.saturating_sub(length);
        let (left, inside, right) = match spec.align {
            '<' => (0, 0, missing),
            '^' => (missing / 2, 0, missing - missing / 2),
            '=' => (0, missing, 0),
            _ => (missing, 0, 0),
        };
        let mut out = String::new();
        out.extend(std::iter::repeat_n(spec.fill, left));
        out.push_str(&self.sign);
        out.push_str(&self.prefix);
        out.extend(std::iter::repeat_n(spec.fill, inside));
        out.push_str(&digits);
        out.push_str(&self.rest);
        out.extend(std::iter::repeat_n(spec.fill, right));
        out
    }
}

/// Digits with a separator between groups, zeros in front up to a width (`_PyUnicode_InsertThousandsGrouping`).
fn grouped(digits: &str, separator: Option<char>, size: usize, least: usize) -> String {
    let Some(separator) = separator else {
        let zeros = least.saturating_sub(digits.len());
        return "0".repeat(zeros) + digits;
    };
    let mut remaining: Vec<char> = digits.chars().collect();
    let mut least = i64::try_from(least).unwrap_or(0);
    let mut reversed: Vec<char> = vec![];
    let mut is_first = true;
    loop {
        let left = i64::try_from(remaining.len()).unwrap_or(0);
        let length = i64::try_from(size).unwrap_or(3).min(left.max(least).max(1));
        if !is_first {
            reversed.push(separator);
        }
        is_first = false;
        for _ in 0..length {
            reversed.push(remaining.pop().unwrap_or('0'));
        }
        least -= length;
        if remaining.is_empty() && least <= 0 {
            break;
        }
        least -= 1;
    }
    reversed.iter().rev().collect()
}

/// `format_float_internal`
fn of_float(number: f64, spec: &Spec, of: &str) -> Pure<String> {
    let (text, is_percent) = float_body(number, spec, of)?;
    let (is_negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body.to_owned()),
        None => (false, text),
    };
    let is_zero = !body.bytes().any(|it| it.is_ascii_digit() && it != b'0');
    let is_negative = is_negative && !(spec.no_negative_zero && is_zero && number.is_finite());
    let cut = body
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(body.len());
    let parts = Parts {
        sign: sign_of(is_negative, spec),
        prefix: String::new(),
        digits: body[..cut].to_owned(),
        rest: format!("{}{}", &body[cut..], if is_percent { "%" } else { "" }),
        group: 3,
    };
    Ok(parts.joined(spec))
}

/// The bare text of a number by a specification, and whether a percent sign follows.
fn float_body(number: f64, spec: &Spec, of: &str) -> Pure<(String, bool)> {
    let mut form = Form {
        code: 'g',
        precision: spec.precision.unwrap_or(6),
        alternate: spec.alternate,
        with_zero: false,
    };
    let mut number = number;
    let mut is_upper = false;
    let mut is_percent = false;
    match spec.kind {
        None => {
            form.with_zero = true;
            if spec.precision.is_none() {
                form.code = 'r';
                form.precision = 0;
            }
        }
        Some('n') if spec.grouping.is_some() => return Err(Fault::Unknown),
        Some('n' | 'g') => {}
        Some('G') => is_upper = true,
        Some('e') => form.code = 'e',
        Some('E') => (form.code, is_upper) = ('e', true),
        Some('f') => form.code = 'f',
        Some('F') => (form.code, is_upper) = ('f', true),
        Some('%') => {
            (form.code, is_percent) = ('f', true);
            number *= 100.0;
        }
        Some(kind) => return unknown_code(kind, of),
    }
    let text = double_text(number, form)?;
    Ok((
        if is_upper { text.to_uppercase() } else { text },
        is_percent,
    ))
}

/// `format_complex_internal`
fn of_complex(real: f64, imaginary: f64, spec: &Spec) -> Pure<String> {
    if spec.fill == '0' && (!spec.is_aligned || spec.align == '=') {
        return value_error("Zero padding is not allowed in complex format specifier");
    }
    if spec.align == '=' {
        return value_error("'=' alignment flag is not allowed in complex format specifier");
    }
    if matches!(spec.kind, Some(kind) if !"eEfFgGn".contains(kind)) {
        return unknown_code(spec.kind.unwrap_or('s'), "complex");
    }
    if spec.kind.is_none()
        && spec.precision.is_none()
        && spec.sign.is_none()
        && spec.grouping.is_none()
        && !spec.alternate
    {
        let text = complex_text(real, imaginary);
        return Ok(padded(&text, spec.width, spec.align, spec.fill));
    }
    if spec.kind.is_none() {
        return Err(Fault::Unknown);
    }
    let bare = Spec {
        width: 0,
        align: '>',
        fill: ' ',
        ..spec.clone()
    };
    let signed = Spec {
        sign: Some('+'),
        ..bare.clone()
    };
    let text = format!(
        "{}{}j",
        of_float(real, &bare, "complex")?,
        of_float(imaginary, &signed, "complex")?
    );
    Ok(padded(&text, spec.width, spec.align, spec.fill))
}

/// A text for an integer in another base: `bin`, `oct`, `hex`.
pub(crate) fn in_base(number: &BigInt, radix: u32, prefix: &str) -> String {
    let sign = if number.is_negative() { "-" } else { "" };
    format!(
        "{sign}{prefix}{}",
        BigInt::from(number.magnitude().clone()).to_str_radix(radix)
    )
}
