//! Python's names for encodings, and how bytes in each become text.

use encoding_rs::Encoding;

/// How the bytes of a file become characters.
#[derive(Debug, Clone, Copy)]
pub(super) enum Codec {
    /// The default of Python 3.
    Utf8,
    /// Seven bits; a byte above 127 is an error.
    Ascii,
    /// Each byte is the character of that number. (The web calls windows-1252 so; Python does not.)
    Latin1,
    /// Letters in base 64 between `+` and `-`.
    Utf7,
    /// One byte a character, by a table; in Python's tables some bytes have no character.
    SingleByte {
        /// The table.
        table: &'static Encoding,
        /// ISO 8859 keeps 0x80 to 0x9f as control characters where the web's table of that name has letters.
        controls: bool,
    },
    /// One or more bytes a character.
    MultiByte(&'static Encoding),
    /// A codec of Python that we have no table for. ASCII characters are the same in it, so ASCII files can be read.
    AsciiPart,
    /// Its smallest unit is wider than a byte, or ASCII is not part of it: no Python file can name it in its own encoding.
    NotAscii,
    /// Text to text or bytes to bytes: Python refuses it for source.
    NotText,
}

/// Where decoding failed, and how CPython words it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Undecodable {
    /// Offset of the first byte that could not be decoded.
    pub(super) at: usize,
    /// CPython's message.
    pub(super) message: String,
}

/// Spells an encoding's name as Python compares it: lower case, runs of anything but letters, digits and dots as one `_`.
///
/// `encodings.normalize_encoding`: `ISO 8859-15` and `iso_8859_15` are one.
pub(super) fn normalized(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    let mut gap = false;
    for character in name.chars() {
        if character.is_ascii_alphanumeric() || character == '.' {
            if gap && !spelled.is_empty() {
                spelled.push('_');
            }
            gap = false;
            spelled.push(character.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    spelled.replace('.', "_")
}

/// Returns the codec that Python finds by this name (`encodings.aliases`), or none if it knows none.
pub(super) fn codec(name: &str) -> Option<Codec> {
    use encoding_rs as rs;
    let name = normalized(name);
    // The tokenizer looks no further than these words: `utf-8-unix`, as Emacs writes it, is UTF-8.
    let begins = |word: &str| {
        name.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    if begins("utf_8") {
        return Some(Codec::Utf8);
    }
    if ["latin_1", "iso_8859_1", "iso_latin_1"]
        .into_iter()
        .any(begins)
    {
        return Some(Codec::Latin1);
    }
    let iso = |table| Codec::SingleByte {
        table,
        controls: true,
    };
    let single = |table| Codec::SingleByte {
        table,
        controls: false,
    };
    Some(match name.as_str() {
        "u8" | "utf" | "utf8" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Codec::Utf8,
        "ascii" | "646" | "ansi_x3_4_1968" | "ansi_x3_4_1986" | "cp367" | "csascii" | "ibm367"
        | "iso646_us" | "iso_646_irv_1991" | "iso_ir_6" | "us" | "us_ascii" => Codec::Ascii,
        "8859" | "cp819" | "csisolatin1" | "ibm819" | "iso8859" | "iso8859_1" | "iso_ir_100"
        | "l1" | "latin" | "latin1" => Codec::Latin1,
        "utf_7" | "u7" | "utf7" | "unicode_1_1_utf_7" => Codec::Utf7,
        "iso8859_2" | "csisolatin2" | "iso_8859_2" | "iso_8859_2_1987" | "iso_ir_101" | "l2"
        | "latin2" => iso(rs::ISO_8859_2),
        "iso8859_3" | "csisolatin3" | "iso_8859_3" | "iso_8859_3_1988" | "iso_ir_109" | "l3"
        | "latin3" => iso(rs::ISO_8859_3),
        "iso8859_4" | "csisolatin4" | "iso_8859_4" | "iso_8859_4_1988" | "iso_ir_110" | "l4"
        | "latin4" => iso(rs::ISO_8859_4),
        "iso8859_5" | "csisolatincyrillic" | "cyrillic" | "iso_8859_5" | "iso_8859_5_1988"
        | "iso_ir_144" => iso(rs::ISO_8859_5),
        "iso8859_6" | "arabic" | "asmo_708" | "csisolatinarabic" | "ecma_114" | "iso_8859_6"
        | "iso_8859_6_1987" | "iso_ir_127" => iso(rs::ISO_8859_6),
        "iso8859_7" | "csisolatingreek" | "ecma_118" | "elot_928" | "greek" | "greek8"
        | "iso_8859_7" | "iso_8859_7_1987" | "iso_ir_126" => iso(rs::ISO_8859_7),
        "iso8859_8" | "csisolatinhebrew" | "hebrew" | "iso_8859_8" | "iso_8859_8_1988"
        | "iso_ir_138" => iso(rs::ISO_8859_8),
        "iso8859_9" | "csisolatin5" | "iso_8859_9" | "iso_8859_9_1989" | "iso_ir_148" | "l5"
        | "latin5" => iso(rs::WINDOWS_1254),
        "iso8859_10" | "csisolatin6" | "iso_8859_10" | "iso_8859_10_1992" | "iso_ir_157" | "l6"
        | "latin6" => iso(rs::ISO_8859_10),
        "iso8859_11" | "thai" | "iso_8859_11" | "iso_8859_11_2001" => iso(rs::WINDOWS_874),
        "iso8859_13" | "iso_8859_13" | "l7" | "latin7" => iso(rs::ISO_8859_13),
        "iso8859_14" | "iso_8859_14" | "iso_8859_14_1998" | "iso_celtic" | "iso_ir_199" | "l8"
        | "latin8" => iso(rs::ISO_8859_14),
        "iso8859_15" | "iso_8859_15" | "l9" | "latin9" => iso(rs::ISO_8859_15),
        "iso8859_16" | "iso_8859_16" | "iso_8859_16_2001" | "iso_ir_226" | "l10" | "latin10" => {
            iso(rs::ISO_8859_16)
        }
        "tis_620" | "tis620" | "tis_620_0" | "tis_620_2529_0" | "tis_620_2529_1" | "iso_ir_166" => {
            iso(rs::WINDOWS_874)
        }
        "cp874" => single(rs::WINDOWS_874),
        "cp1250" | "1250" | "windows_1250" => single(rs::WINDOWS_1250),
        "cp1251" | "1251" | "windows_1251" => single(rs::WINDOWS_1251),
        "cp1252" | "1252" | "windows_1252" => single(rs::WINDOWS_1252),
        "cp1253" | "1253" | "windows_1253" => single(rs::WINDOWS_1253),
        "cp1254" | "1254" | "windows_1254" => single(rs::WINDOWS_1254),
        "cp1255" | "1255" | "windows_1255" => single(rs::WINDOWS_1255),
        "cp1256" | "1256" | "windows_1256" => single(rs::WINDOWS_1256),
        "cp1257" | "1257" | "windows_1257" => single(rs::WINDOWS_1257),
        "cp1258" | "1258" | "windows_1258" => single(rs::WINDOWS_1258),
        "cp866" | "866" | "csibm866" | "ibm866" => single(rs::IBM866),
        "koi8_r" | "cskoi8r" => single(rs::KOI8_R),
        "koi8_u" => single(rs::KOI8_U),
        "mac_roman" | "macintosh" | "macroman" => single(rs::MACINTOSH),
        "mac_cyrillic" | "maccyrillic" => single(rs::X_MAC_CYRILLIC),
        "big5" | "big5_tw" | "csbig5" | "x_mac_trad_chinese" | "cp950" | "950" | "ms950"
        | "big5hkscs" | "big5_hkscs" | "hkscs" => Codec::MultiByte(rs::BIG5),
        "gb2312" | "chinese" | "csiso58gb231280" | "euc_cn" | "euccn" | "eucgb2312_cn"
        | "gb2312_1980" | "gb2312_80" | "iso_ir_58" | "x_mac_simp_chinese" | "gbk" | "936"
        | "cp936" | "ms936" => Codec::MultiByte(rs::GBK),
        "gb18030" | "gb18030_2000" => Codec::MultiByte(rs::GB18030),
        "cp932" | "932" | "ms932" | "mskanji" | "ms_kanji" | "windows_31j" | "shift_jis"
        | "csshiftjis" | "shiftjis" | "sjis" | "s_jis" | "x_mac_japanese" => {
            Codec::MultiByte(rs::SHIFT_JIS)
        }
        "euc_jp" | "eucjp" | "ujis" | "u_jis" => Codec::MultiByte(rs::EUC_JP),
        "iso2022_jp" | "csiso2022jp" | "iso2022jp" | "iso_2022_jp" => {
            Codec::MultiByte(rs::ISO_2022_JP)
        }
        "euc_kr" | "euckr" | "korean" | "ksc5601" | "ks_c_5601" | "ks_c_5601_1987" | "ksx1001"
        | "ks_x_1001" | "x_mac_korean" | "cp949" | "949" | "ms949" | "uhc" => {
            Codec::MultiByte(rs::EUC_KR)
        }
        "cp437" | "437" | "ibm437" | "cspc8codepage437" | "cp720" | "cp737" | "cp775"
        | "ibm775" | "cp850" | "850" | "ibm850" | "cp852" | "852" | "ibm852" | "cp855"
        | "ibm855" | "cp856" | "cp857" | "ibm857" | "cp858" | "ibm858" | "cp860" | "cp861"
        | "cp862" | "cp863" | "cp865" | "cp869" | "cp1006" | "cp1125" | "hp_roman8" | "koi8_t"
        | "kz1048" | "mac_croatian" | "mac_greek" | "mac_iceland" | "mac_latin2"
        | "mac_romanian" | "mac_turkish" | "mac_farsi" | "mac_arabic" | "palmos" | "ptcp154"
        | "euc_jis_2004" | "euc_jisx0213" | "johab" | "cp1361" | "shift_jis_2004"
        | "shift_jisx0213" | "raw_unicode_escape" | "unicode_escape" | "punycode" => {
            Codec::AsciiPart
        }
        "utf_16" | "u16" | "utf16" | "utf_16_be" | "utf_16be" | "utf_16_le" | "utf_16le"
        | "utf_32" | "u32" | "utf32" | "utf_32_be" | "utf_32be" | "utf_32_le" | "utf_32le"
        | "cp037" | "cp500" | "cp1026" | "cp1140" | "cp273" | "cp424" | "cp875" | "hz" => {
            Codec::NotAscii
        }
        "base64" | "base64_codec" | "base_64" | "bz2" | "bz2_codec" | "hex" | "hex_codec"
        | "quopri" | "quopri_codec" | "quoted_printable" | "rot13" | "rot_13" | "uu"
        | "uu_codec" | "zip" | "zlib" | "zlib_codec" => Codec::NotText,
        _ => return None,
    })
}

/// Decodes a whole file; `name` is the encoding as messages call it.
pub(super) fn decode(bytes: Vec<u8>, codec: Codec, name: &str) -> Result<String, Undecodable> {
    match codec {
        Codec::Utf8 => utf8(bytes),
        Codec::Ascii => ascii(bytes, |byte, at| {
            format!(
                "'ascii' codec can't decode byte {byte:#04x} in position {at}: ordinal not in range(128)"
            )
        }),
        Codec::Latin1 => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
        Codec::Utf7 => utf7(&bytes),
        Codec::SingleByte { table, controls } => single_byte(&bytes, table, controls),
        Codec::MultiByte(table) => multi_byte(&bytes, table, name),
        Codec::AsciiPart => ascii(bytes, |byte, at| {
            format!(
                "byte {byte:#04x} in position {at}: characters of `{name}` beyond ASCII are not known here"
            )
        }),
        Codec::NotAscii => Err(Undecodable {
            at: 0,
            message: format!("`{name}` cannot be the encoding of the comment that names it"),
        }),
        Codec::NotText => Err(Undecodable {
            at: 0,
            message: format!(
                "'{name}' is not a text encoding; use codecs.decode() to handle arbitrary codecs"
            ),
        }),
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, Undecodable> {
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let error = error.utf8_error();
        let at = error.valid_up_to();
        let first = bytes[at];
        let (length, reason) = match error.error_len() {
            None => (bytes.len() - at, "unexpected end of data"),
            Some(length) if matches!(first, 0xc2..=0xf4) => (length, "invalid continuation byte"),
            Some(length) => (length, "invalid start byte"),
        };
        let message = if length == 1 {
            format!("'utf-8' codec can't decode byte {first:#04x} in position {at}: {reason}")
        } else {
            let last = at + length - 1;
            format!("'utf-8' codec can't decode bytes in position {at}-{last}: {reason}")
        };
        Undecodable { at, message }
    })
}

fn ascii(bytes: Vec<u8>, say: impl Fn(u8, usize) -> String) -> Result<String, Undecodable> {
    if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()) {
        return Err(Undecodable {
            at,
            message: say(bytes[at], at),
        });
    }
    utf8(bytes)
}

fn single_byte(
    bytes: &[u8],
    table: &'static Encoding,
    controls: bool,
) -> Result<String, Undecodable> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for (at, &byte) in bytes.iter().enumerate() {
        if byte < 0x80 || (controls && byte < 0xa0) {
            text.push(char::from(byte));
            continue;
        }
        let byte_alone = [byte];
        let (character, failed) = table.decode_without_bom_handling(&byte_alone);
        // The web's tables fill their gaps with control characters; Python's have gaps.
        let gap = character
            .chars()
            .all(|character| ('\u{80}'..'\u{a0}').contains(&character));
        if failed || gap {
            return Err(Undecodable {
                at,
                message: format!(
                    "'charmap' codec can't decode byte {byte:#04x} in position {at}: character maps to <undefined>"
                ),
            });
        }
        text.push_str(&character);
    }
    Ok(text)
}

fn multi_byte(bytes: &[u8], table: &'static Encoding, name: &str) -> Result<String, Undecodable> {
    let mut decoder = table.new_decoder_without_bom_handling();
    let room = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or(bytes.len() * 3);
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        encoding_rs::DecoderResult::InputEmpty => Ok(text),
        encoding_rs::DecoderResult::OutputFull => Err(Undecodable {
            at: read,
            message: format!("'{name}' text grew beyond what was set aside for it"),
        }),
        encoding_rs::DecoderResult::Malformed(length, after) => {
            let at = read.saturating_sub(usize::from(length) + usize::from(after));
            let byte = bytes.get(at).copied().unwrap_or(0);
            Err(Undecodable {
                at,
                message: format!(
                    "'{}' codec can't decode byte {byte:#04x} in position {at}: illegal multibyte sequence",
                    normalized(name)
                ),
            })
        }
    }
}

/// RFC 2152: ASCII, with runs of UTF-16 in base 64 after a `+`; `+-` is a plus sign.
fn utf7(bytes: &[u8]) -> Result<String, Undecodable> {
    let ill = |at: usize, reason: &str| Undecodable {
        at,
        message: format!(
            "'utf7' codec can't decode byte {:#04x} in position {at}: {reason}",
            bytes.get(at).copied().unwrap_or(0)
        ),
    };
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte >= 0x80 {
            return Err(ill(at, "unexpected special character"));
        }
        at += 1;
        if byte != b'+' {
            text.push(char::from(byte));
            continue;
        }
        let start = at;
        let mut units = vec![];
        let (mut bits, mut held) = (0_u32, 0_u32);
        while let Some(value) = bytes.get(at).copied().and_then(base64_value) {
            bits = (bits << 6) | value;
            held += 6;
            at += 1;
            if held >= 16 {
                held -= 16;
                units.push((bits >> held) as u16);
                bits &= (1 << held) - 1;
            }
        }
        if at == start && bytes.get(at) == Some(&b'-') {
            text.push('+');
        } else if at == start {
            return Err(ill(at.saturating_sub(1), "ill-formed sequence"));
        }
        for character in char::decode_utf16(units) {
            text.push(character.map_err(|_| ill(start, "illegal surrogate"))?);
        }
        if bytes.get(at) == Some(&b'-') {
            at += 1;
        }
    }
    Ok(text)
}

fn base64_value(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}
