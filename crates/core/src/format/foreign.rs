//! Files that are no format of ours, told by their content: so that who gives one hears what it is.

use super::docx::PackageFault;
use crate::ReadError;
use memchr::memmem;

/// A known format that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Word 97 to 2003, and most files of WPS named .wps.
    OldWord,
    /// Excel 97 to 2003, and most files of WPS named .et.
    OldSheet,
    /// Another file of the old container.
    Old,
    /// Excel's .xlsx.
    Sheet,
    /// PowerPoint's .pptx.
    Slides,
    /// OFD, the national layout format.
    Ofd,
    /// PDF.
    Pdf,
    /// Rich Text Format.
    Rtf,
}

impl Foreign {
    /// Its usual ending.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::OldWord => "doc",
            Self::OldSheet => "xls",
            Self::Old => "OLE",
            Self::Sheet => "xlsx",
            Self::Slides => "pptx",
            Self::Ofd => "ofd",
            Self::Pdf => "pdf",
            Self::Rtf => "rtf",
        }
    }
}

/// The first bytes of the old container of Word, Excel and PowerPoint.
const CONTAINER: &[u8] = b"\xD0\xCF\x11\xE0";

/// What a file is by its first bytes and, for the old container, by the names of what it holds; none where it may be a
/// format of ours.
pub(crate) fn of_content(bytes: &[u8]) -> Option<ReadError> {
    if bytes.starts_with(b"%PDF") {
        return Some(ReadError::Foreign(Foreign::Pdf));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some(ReadError::Foreign(Foreign::Rtf));
    }
    if !bytes.starts_with(CONTAINER) {
        return None;
    }
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    Some(match () {
        () if holds("EncryptedPackage") => PackageFault::Locked.into(),
        () if holds("WordDocument") => ReadError::Foreign(Foreign::OldWord),
        () if holds("Workbook") => ReadError::Foreign(Foreign::OldSheet),
        () => ReadError::Foreign(Foreign::Old),
    })
}
