//! The names of HTML: which elements have no content, which are blocks, which end which.

/// The names that mean something here, in order; of all others only the written name is kept.
const KNOWN: [&str; 111] = [
    "a",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bgsound",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "keygen",
    "label",
    "legend",
    "li",
    "link",
    "listing",
    "main",
    "map",
    "math",
    "menu",
    "meta",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "pre",
    "rp",
    "rt",
    "script",
    "search",
    "section",
    "select",
    "source",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "u",
    "ul",
    "video",
    "wbr",
    "xmp",
    "rb",
    "rtc",
    "ruby",
    "s",
    "small",
    "tt",
];

/// The name as the reader compares it; empty for a name that means nothing here.
pub(super) fn known(name: &[u8]) -> &'static str {
    KNOWN.iter().find(|known| known.as_bytes().eq_ignore_ascii_case(name)).copied().unwrap_or("")
}

/// Elements without content, which nothing closes.
pub(super) fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that end the paragraph before them.
pub(super) fn ends_paragraph(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dd"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
    ) || heading(tag).is_some()
}

/// Elements whose text stands on lines of its own.
pub(super) fn is_block(tag: &str) -> bool {
    ends_paragraph(tag)
        || matches!(tag, "body" | "caption" | "html" | "legend" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

/// The depth of a heading element.
pub(super) fn heading(tag: &str) -> Option<u8> {
    match tag.as_bytes() {
        [b'h', depth @ b'1'..=b'6'] => Some(depth - b'0'),
        _ => None,
    }
}

/// What stands in the head of a page.
pub(super) fn is_of_head(tag: &str) -> bool {
    matches!(
        tag,
        "base"
            | "basefont"
            | "bgsound"
            | "link"
            | "meta"
            | "noframes"
            | "noscript"
            | "script"
            | "style"
            | "template"
            | "title"
    )
}

/// What nobody reads in a page: programs, styles, drawings, players, frames.
pub(super) fn is_no_text(tag: &str) -> bool {
    matches!(
        tag,
        "applet"
            | "audio"
            | "canvas"
            | "head"
            | "iframe"
            | "map"
            | "math"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "script"
            | "style"
            | "svg"
            | "template"
            | "title"
            | "video"
    )
}

/// What stands in a text without being text: a picture, a field to fill in.
pub(super) fn is_object(tag: &str) -> bool {
    is_no_text(tag)
        && !matches!(tag, "head" | "noscript" | "script" | "style" | "template" | "title" | "map" | "noframes")
        || matches!(tag, "embed" | "img" | "input")
}
