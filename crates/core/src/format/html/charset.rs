//! The encoding that a page says it has.

use encoding_rs::Encoding;

/// Where a page says it, in bytes, as in browsers.
const HEAD: usize = 1024;

/// The encoding that a `<meta>` near the start of the bytes names.
pub(crate) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let meta = memchr::memmem::find_iter(&head, b"<meta");
    meta.filter_map(|at| {
        let end = memchr::memchr(b'>', &head[at..]).map_or(head.len(), |len| at + len);
        label(&head[at..end])
    })
    .find_map(Encoding::for_label)
}

/// What stands behind `charset=` in a tag.
fn label(tag: &[u8]) -> Option<&[u8]> {
    let at = memchr::memmem::find(tag, b"charset")? + b"charset".len();
    let rest = tag[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let len = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)).count();
    Some(&rest[..len])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_read_however_it_is_written() {
        for (head, encoding) in [
            ("<meta charset=gb2312>", Some("GBK")),
            ("<META http-equiv=\"Content-Type\" content=\"text/html; charset=GB18030\" />", Some("gb18030")),
            ("<meta name=a><meta charset = 'Big5'>", Some("Big5")),
            ("<meta charset=x-none><meta charset=utf8>", Some("UTF-8")),
            ("<p>charset=gbk</p>", None),
        ] {
            assert_eq!(declared(head.as_bytes()).map(Encoding::name), encoding, "{head}");
        }
    }
}
