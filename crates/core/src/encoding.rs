//! Bytes to text and back: UTF-8, UTF-16 with a byte order mark, GB18030.

use crate::{ReadError, WriteError};
use std::borrow::Cow;

/// How a file was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Its charset.
    pub charset: Charset,
    /// Whether it began with a byte order mark.
    pub bom: bool,
}

/// The charsets that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB18030, which holds GBK and GB 2312.
    Gb18030,
}

impl Charset {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
        }
    }

    fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Gb18030 => encoding_rs::GB18030,
        }
    }
}

/// A file's text as decoded.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
}

/// Byte order marks, and the charset each tells.
const BOMS: [(&[u8], Charset); 3] =
    [(&[0xEF, 0xBB, 0xBF], Charset::Utf8), (&[0xFF, 0xFE], Charset::Utf16Le), (&[0xFE, 0xFF], Charset::Utf16Be)];

/// The share of undecodable characters, one in this many, from which bytes are no text.
const BROKEN_ONE_IN: usize = 100;

/// Decodes by byte order mark, else as UTF-8 where it is valid, else as GB18030. UTF-8 goes first because
/// GB18030 takes almost any UTF-8 without complaint. What a page says (`declared`) decides where the bytes leave a choice.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static encoding_rs::Encoding>) -> Result<Decoded, ReadError> {
    for (mark, charset) in BOMS {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, _) = charset.codec().decode_without_bom_handling(rest);
            return accept(text, Encoding { charset, bom: true });
        }
    }
    let utf8 = Encoding { charset: Charset::Utf8, bom: false };
    let gb = Encoding { charset: Charset::Gb18030, bom: false };
    let says_gb = declared.is_some_and(|said| said == encoding_rs::GBK || said == encoding_rs::GB18030);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // A few Chinese characters in GB18030 may be UTF-8 by chance, but of no Chinese ones.
        if says_gb && !text.is_ascii() && !text.contains(|c| c >= '\u{2E80}') {
            return accept(encoding_rs::GB18030.decode_without_bom_handling(bytes).0, gb);
        }
        return Ok(Decoded { text: text.to_owned(), encoding: utf8 });
    }
    if is_cut_off(bytes) {
        return accept(String::from_utf8_lossy(bytes), utf8);
    }
    if let Some(said) = declared.filter(|&said| !says_gb && is_another(said)) {
        return Err(ReadError::Charset(said.name()));
    }
    let (gb_text, gb_broken) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    if !gb_broken {
        return accept(gb_text, gb);
    }
    // Both have faults: the one with fewer is meant.
    let utf8_text = String::from_utf8_lossy(bytes);
    if n_broken(&utf8_text) <= n_broken(&gb_text) { accept(utf8_text, utf8) } else { accept(gb_text, gb) }
}

/// Whether a page that says so holds another script than is read: Western encodings are often said of Chinese pages.
fn is_another(said: &'static encoding_rs::Encoding) -> bool {
    [encoding_rs::BIG5, encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP, encoding_rs::EUC_KR]
        .contains(&said)
}

/// Whether bytes are UTF-8 that was cut inside its last character. Such a tail is never the end of GB18030 text: all
/// before it would have to be UTF-8 by chance.
fn is_cut_off(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => false,
        Err(error) => error.error_len().is_none() && !bytes[..error.valid_up_to()].is_ascii(),
    }
}

fn n_broken(text: &str) -> usize {
    text.matches('\u{FFFD}').count()
}

fn accept(text: Cow<'_, str>, encoding: Encoding) -> Result<Decoded, ReadError> {
    let n_chars = text.chars().count();
    let n_controls = text.chars().filter(|&c| is_odd_control(c)).count();
    // One is let pass in any text: a file cut short ends in one.
    if n_broken(&text) + n_controls > (n_chars / BROKEN_ONE_IN).max(1) {
        return Err(ReadError::Binary);
    }
    Ok(Decoded { text: text.into_owned(), encoding })
}

/// Control characters that no text has; NUL, tabs, line and page breaks and the old end-of-file mark do occur.
fn is_odd_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\0' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{85}')
}

/// Encodes a text as a file was encoded.
pub(crate) fn encode(text: &str, encoding: Encoding) -> Result<Vec<u8>, WriteError> {
    let mut out = Vec::with_capacity(text.len() + 3);
    if encoding.bom {
        let mark = BOMS.iter().find(|(_, charset)| *charset == encoding.charset);
        out.extend(mark.iter().flat_map(|(bytes, _)| bytes.iter()));
    }
    match encoding.charset {
        Charset::Utf8 => out.extend_from_slice(text.as_bytes()),
        Charset::Utf16Le => out.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
        Charset::Utf16Be => out.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
        Charset::Gb18030 => {
            let (bytes, _, broken) = encoding_rs::GB18030.encode(text);
            if broken {
                return Err(WriteError::NotRoundTrip);
            }
            out.extend_from_slice(&bytes);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_comes_back_the_same() {
        let text = "豫政〔2024〕5号\r\n㐀镕𠀀";
        for charset in [Charset::Utf8, Charset::Utf16Le, Charset::Utf16Be, Charset::Gb18030] {
            let encoding = Encoding { charset, bom: charset != Charset::Gb18030 };
            let bytes = encode(text, encoding).unwrap();
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        }
    }

    #[test]
    fn binaries_are_refused_and_nul_is_not() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise, None).unwrap_err(), ReadError::Binary);
        assert!(decode(b"a\0b", None).is_ok());
    }
}
