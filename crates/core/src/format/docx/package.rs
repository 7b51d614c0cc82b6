//! The zip file: which parts there are, each within its limits, and the same file again with some of them replaced.

use super::PackageFault;
use super::xml::{Tree, escaped};
use crate::WriteError;
use crate::encoding::{self, Charset, Encoding};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The most entries of a file.
pub const MAX_ENTRIES: usize = 10_000;
/// The largest part that is unpacked, in bytes.
pub const MAX_PART: u64 = 64 * 1024 * 1024;
/// The most that is unpacked of one file, in bytes.
pub const MAX_UNPACKED: u64 = 200 * 1024 * 1024;

/// A zip file and how much of it was unpacked.
#[derive(Clone, Debug)]
pub(super) struct Archive {
    bytes: Arc<[u8]>,
    names: Vec<String>,
    unpacked: u64,
}

/// A part that was read: its markup, and how it was encoded.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) encoding: Encoding,
    pub(super) tree: Tree,
}

/// A relationship of a part.
#[derive(Clone, Debug)]
pub(super) struct Relationship {
    /// The last segment of its type: `comments`, `header`, `styles`.
    pub(super) kind: String,
    /// The part it leads to, as an entry's name; for an outer one the address.
    pub(super) target: String,
    pub(super) is_external: bool,
    pub(super) id: String,
}

impl Archive {
    /// Opens a file: its list of entries, nothing unpacked.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, PackageFault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageFault::NotZip)?;
        if archive.len() > MAX_ENTRIES {
            return Err(PackageFault::TooManyEntries);
        }
        let mut names = Vec::with_capacity(archive.len());
        for at in 0..archive.len() {
            let name = archive.name_for_index(at).and_then(Result::ok).ok_or(PackageFault::NotZip)?;
            let is_unsafe = name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|step| step == "..");
            if is_unsafe || name.get(1..2) == Some(":") {
                return Err(PackageFault::UnsafeName { name: name.into_owned() });
            }
            names.push(name.replace('\\', "/"));
        }
        let mut sorted: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        sorted.sort();
        let doubled = sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone());
        if doubled.is_some() || archive.has_duplicate_names() {
            return Err(PackageFault::DoubledName { name: doubled.unwrap_or_default() });
        }
        Ok(Self { bytes: Arc::from(bytes), names, unpacked: 0 })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|own| own.eq_ignore_ascii_case(name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Unpacks an entry; none where there is no such.
    pub(super) fn unpack(&mut self, name: &str) -> Result<Option<Vec<u8>>, PackageFault> {
        let Some(at) = self.find(name) else { return Ok(None) };
        let part = || name.to_owned();
        let mut archive = ZipArchive::new(Cursor::new(&*self.bytes)).map_err(|_| PackageFault::NotZip)?;
        let raw = archive.by_index_raw(at).map_err(|_| PackageFault::Damaged { part: part() })?;
        if raw.encrypted() {
            return Err(PackageFault::Locked);
        }
        drop(raw);
        let entry = archive.by_index(at).map_err(|_| PackageFault::Damaged { part: part() })?;
        let room = MAX_PART.min(MAX_UNPACKED.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        let damaged = |_| PackageFault::Damaged { part: part() };
        entry.take(room + 1).read_to_end(&mut bytes).map_err(damaged)?;
        if bytes.len() as u64 > room {
            return Err(PackageFault::TooLarge { part: part() });
        }
        self.unpacked += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// Reads a part as XML; none where there is no such.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part>, PackageFault> {
        let Some(bytes) = self.unpack(name)? else { return Ok(None) };
        let (text, encoding) = decode(&bytes).ok_or_else(|| PackageFault::Markup { part: name.to_owned() })?;
        let tree = Tree::read(name, text)?;
        Ok(Some(Part { name: name.to_owned(), encoding, tree }))
    }

    /// The relationships of a part; of the whole file for the empty name.
    pub(super) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, PackageFault> {
        let Some(rels) = self.part(&relationships_of(part))? else { return Ok(Vec::new()) };
        let tree = &rels.tree;
        let read = |id| {
            let target = tree.attribute(id, "Target")?;
            let is_external = tree.attribute(id, "TargetMode").is_some_and(|mode| mode == "External");
            Some(Relationship {
                kind: tree.attribute(id, "Type")?.rsplit('/').next()?.to_owned(),
                target: if is_external { target.into_owned() } else { resolve(part, &target) },
                is_external,
                id: tree.attribute(id, "Id")?.into_owned(),
            })
        };
        Ok(tree.children(tree.root()).filter_map(read).collect())
    }

    /// The content types of parts, by lower-case name.
    pub(super) fn content_types(&mut self) -> Result<ContentTypes, PackageFault> {
        let types = self.part(CONTENT_TYPES)?.ok_or(PackageFault::NoDocument)?;
        let tree = &types.tree;
        let mut found = ContentTypes::default();
        for id in tree.children(tree.root()) {
            let Some(kind) = tree.attribute(id, "ContentType") else { continue };
            if let Some(name) = tree.attribute(id, "PartName") {
                let name = name.trim_start_matches('/').to_ascii_lowercase();
                found.parts.insert(name, kind.into_owned());
            } else if let Some(ending) = tree.attribute(id, "Extension") {
                found.endings.insert(ending.to_ascii_lowercase(), kind.into_owned());
            }
        }
        Ok(found)
    }

    /// The file again with parts replaced or added; every other entry is copied as it lies there.
    pub(super) fn rewritten(&self, parts: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, WriteError> {
        let failed = |_| WriteError::Package;
        let mut archive = ZipArchive::new(Cursor::new(&*self.bytes)).map_err(|_| WriteError::Package)?;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        let mut left: Vec<&String> = parts.keys().collect();
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (at, name) in self.names.iter().enumerate() {
            let entry = archive.by_index_raw(at).map_err(failed)?;
            match parts.iter().find(|(part, _)| part.eq_ignore_ascii_case(name)) {
                None => out.raw_copy_file(entry).map_err(failed)?,
                Some((part, bytes)) => {
                    left.retain(|other| *other != part);
                    let name = entry.name().map_err(failed)?.into_owned();
                    out.start_file(name, options).map_err(failed)?;
                    out.write_all(bytes).map_err(|_| WriteError::Package)?;
                }
            }
        }
        for name in left {
            out.start_file(name.as_str(), options).map_err(failed)?;
            out.write_all(&parts[name]).map_err(|_| WriteError::Package)?;
        }
        Ok(out.finish().map_err(failed)?.into_inner())
    }

    /// The file as it came.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Part {
    /// The part's bytes with other text.
    pub(super) fn encoded(&self, text: &str) -> Result<Vec<u8>, WriteError> {
        encoding::encode(text, self.encoding)
    }
}

/// The entry that says what every part is.
pub(super) const CONTENT_TYPES: &str = "[Content_Types].xml";

/// What every part is.
#[derive(Debug, Default)]
pub(super) struct ContentTypes {
    parts: BTreeMap<String, String>,
    endings: BTreeMap<String, String>,
}

impl ContentTypes {
    /// What a part is said to be.
    pub(super) fn of(&self, part: &str) -> Option<&str> {
        let part = part.to_ascii_lowercase();
        let ending = part.rsplit('.').next().unwrap_or_default();
        self.parts.get(&part).or_else(|| self.endings.get(ending)).map(String::as_str)
    }

    /// All kinds that are named.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &str> {
        self.parts.values().chain(self.endings.values()).map(String::as_str)
    }
}

/// The name of the entry with a part's relationships.
pub(super) fn relationships_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The entry that a relationship's target names.
fn resolve(part: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => part.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for step in target.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A part's text: by its byte order mark, as UTF-8, or as the encoding that its first line names.
fn decode(bytes: &[u8]) -> Option<(String, Encoding)> {
    let start = &bytes[..bytes.len().min(200)];
    let declared = start[..memchr::memmem::find(start, b"?>").unwrap_or(0)].to_ascii_lowercase();
    let says = |word: &[u8]| memchr::memmem::find(&declared, word).is_some();
    let has_mark = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if !has_mark && (says(b"\"gb") || says(b"'gb")) {
        let (text, broken) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
        return (!broken).then(|| (text.into_owned(), Encoding { charset: Charset::Gb18030, bom: false }));
    }
    if !has_mark {
        let (rest, bom) = bytes.strip_prefix(b"\xEF\xBB\xBF").map_or((bytes, false), |rest| (rest, true));
        let text = std::str::from_utf8(rest).ok()?.to_owned();
        return Some((text, Encoding { charset: Charset::Utf8, bom }));
    }
    encoding::decode(bytes, None).ok().map(|decoded| (decoded.text, decoded.encoding))
}

/// The content types with one more part; as they were where they name the part already.
pub(super) fn with_content_type(types: &Part, part: &str, kind: &str) -> String {
    let tree = &types.tree;
    let names =
        |id| tree.attribute(id, "PartName").is_some_and(|own| own.trim_start_matches('/').eq_ignore_ascii_case(part));
    if tree.children(tree.root()).any(names) {
        return tree.text.clone();
    }
    let prefix = tree.prefix(tree.root());
    let line = format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", escaped(part));
    let at = tree.closing(tree.root()).unwrap_or(tree.text.len());
    format!("{}{line}{}", &tree.text[..at], &tree.text[at..])
}
