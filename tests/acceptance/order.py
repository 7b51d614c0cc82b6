"""What Word insists on and a schema of ECMA-376 says: the order of elements, ids, content types, relationships."""

import posixpath
from collections import Counter

from lxml import etree

from word import W

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# The children of each element in the order that its type demands.
ORDER = {
    "rPr": """ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss
        imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd
        fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange""",
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
        headers cellIns cellDel cellMerge tcPrChange""",
    "sectPr": """headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings
        sectPrChange""",
    # What a row says of itself may come in any order; changes come last.
    "trPr": """cnfStyle|divId|gridBefore|gridAfter|wBefore|wAfter|cantSplit|trHeight|tblHeader|tblCellSpacing|jc|hidden
        ins del trPrChange""",
    "tc": "tcPr p|tbl|sdt|customXml|bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd|ins|del|moveFrom|moveTo",
    "tr": "tblPrEx trPr tc|sdt|customXml|bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd|ins|del",
    "tbl": "bookmarkStart|bookmarkEnd tblPr tblGrid tr|sdt|customXml|bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd",
}
# What comes first in its parent, where it comes at all.
FIRST = {"p": "pPr", "r": "rPr"}
# What a paragraph may hold, and what a run may: an insertion or deletion holds runs and never stands in one.
IN_PARAGRAPH = set("""pPr r ins del moveFrom moveTo hyperlink smartTag sdt fldSimple customXml bookmarkStart bookmarkEnd
    commentRangeStart commentRangeEnd proofErr permStart permEnd dir bdo subDoc moveFromRangeStart moveFromRangeEnd
    moveToRangeStart moveToRangeEnd""".split())
IN_CHANGE = IN_PARAGRAPH - {"pPr", "hyperlink", "fldSimple", "subDoc"}
IN_RUN = set("""rPr t delText instrText delInstrText tab br cr sym noBreakHyphen softHyphen ptab fldChar ruby drawing pict
    object footnoteReference endnoteReference footnoteRef endnoteRef annotationRef commentReference separator
    continuationSeparator lastRenderedPageBreak pgNum dayShort monthShort yearShort dayLong monthLong yearLong""".split())


def faults(word):
    """All that is wrong with the parts of a file."""
    out = []
    for name, tree in word.trees.items():
        if name.startswith("word/") and name.endswith(".xml"):
            out += [f"{name}: {fault}" for fault in faults_of_tree(tree)]
    return out + ids(word) + content_types(word) + relationships(word)


def faults_of_tree(tree):
    for element in tree.iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(W):
            continue
        name = element.tag[len(W):]
        children = [child.tag[len(W):] for child in element if isinstance(child.tag, str) and child.tag.startswith(W)]
        if name in ORDER:
            yield from disorder(name, children)
        first = FIRST.get(name)
        if first in children[1:]:
            yield f"{first} is not the first in its {name}"
        may_hold = {"p": IN_PARAGRAPH, "hyperlink": IN_PARAGRAPH - {"pPr"}, "r": IN_RUN}.get(name)
        # In properties such elements are marks without children.
        if name in ("ins", "del") and children:
            may_hold = IN_CHANGE
        if may_hold is not None:
            yield from (f"{child} in {name}" for child in children if child not in may_hold)
        in_deletion = next(element.iterancestors(W + "del"), None) is not None
        if name == "t" and in_deletion:
            yield "a deletion holds t, not delText"
        if name == "delText" and not in_deletion:
            yield "delText outside a deletion"
        if name in ("t", "delText") and element.text and element.text != element.text.strip(" \t\n"):
            if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
                yield f"{name} with blanks at its ends that are not preserved: {element.text!r}"
        if name in ("ins", "del", "comment") and not all(element.get(W + key) for key in ("id", "author", "date")):
            yield f"{name} without id, author or date"
        if name == "tc" and (not children or children[-1] not in ("p", "sdt", "bookmarkEnd", "commentRangeEnd")):
            yield "a cell does not end in a paragraph"


def disorder(name, children):
    """The children against their order: a place may take one of several, any number of times."""
    places = [place.split("|") for place in ORDER[name].split()]
    at = 0
    for child in children:
        found = next((later for later in range(at, len(places)) if child in places[later]), None)
        if found is None:
            known = any(child in place for place in places)
            yield f"{child} out of order in {name}" if known else f"{child} does not belong in {name}"
            return
        at = found if len(places[found]) > 1 else found + 1


def ids(word):
    out = []
    document = word.trees["word/document.xml"]
    for kinds in (("ins", "del", "moveFrom", "moveTo"), ("bookmarkStart",), ("commentRangeStart",), ("commentReference",)):
        counts = Counter(e.get(W + "id") for kind in kinds for e in document.iter(W + kind))
        out += [f"id {one} {n} times for {'/'.join(kinds)}" for one, n in counts.items() if n > 1]
    comments = word.trees.get("word/comments.xml")
    there = [] if comments is None else [e.get(W + "id") for e in comments.iter(W + "comment")]
    if len(there) != len(set(there)):
        out.append("two comments have one id")
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        named = {e.get(W + "id") for e in document.iter(W + kind)}
        out += [f"{kind} of comment {one}, which is not there" for one in sorted(named - set(there))]
        out += [f"comment {one} has no {kind}" for one in sorted(set(there) - named)]
    return out


def content_types(word):
    tree = word.trees["[Content_Types].xml"]
    endings = {e.get("Extension").lower() for e in tree.iter(TYPES + "Default")}
    parts = Counter(e.get("PartName") for e in tree.iter(TYPES + "Override"))
    out = [f"two content types for {part}" for part, n in parts.items() if n > 1]
    out += [f"a content type for {part}, which is not there" for part in parts if part.lstrip("/") not in word.parts]
    for name in word.names:
        if name != "[Content_Types].xml" and f"/{name}" not in parts and name.rsplit(".", 1)[-1].lower() not in endings:
            out.append(f"no content type for {name}")
    # The default for xml says nothing of what a part is.
    out += [f"no content type of its own for {name}" for name in word.names
            if name.startswith("word/") and name.endswith(".xml") and f"/{name}" not in parts]
    counts = Counter(word.names)
    return out + [f"{name} is {n} times in the zip" for name, n in counts.items() if n > 1]


def relationships(word):
    out = []
    for name, tree in word.trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        counts = Counter(e.get("Id") for e in tree)
        out += [f"{name}: {one} {n} times" for one, n in counts.items() if n > 1]
        for relation in tree:
            target = relation.get("Target")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if relation.get("TargetMode") != "External" and whole not in word.parts:
                out.append(f"{name}: {relation.get('Id')} leads to {whole}, which is not there")
        source = posixpath.join(folder, posixpath.basename(name)[: -len(".rels")])
        if source in word.trees:
            used = {value for e in word.trees[source].iter() for key, value in e.attrib.items() if key.startswith(R)}
            out += [f"{source} names {one}, which {name} does not have" for one in sorted(used - set(counts))]
    return out


def canonical(data):
    """XML as text that is equal where the content is."""
    return etree.tostring(etree.fromstring(data), method="c14n")
