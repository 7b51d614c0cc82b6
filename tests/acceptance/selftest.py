"""The checkers themselves are tried: files broken in one place must be blamed, views of changes must show what they say.

`selftest.py FOLDER`: FOLDER has Word files in which nothing is wrong.
"""

import io
import re
import sys
import zipfile
from pathlib import Path

import order
import pages
from word import ACCEPTED, REJECTED, WITHOUT_OURS, Word

DOCUMENT = "word/document.xml"
# What is broken: (part, what stands there, what stands there then).
BREAKS = {
    "order in rPr": (DOCUMENT, r'<w:b/><w:sz w:val="44"/>', '<w:sz w:val="44"/><w:b/>'),
    "order in tcPr": (DOCUMENT, r'(<w:tcW [^>]*>)(<w:gridSpan [^>]*>)', r"\2\1"),
    "order in pPr": (DOCUMENT, r'<w:pPr>(<w:pStyle [^>]*>)(.+?)</w:pPr>', r"<w:pPr>\2\1</w:pPr>"),
    "order in sectPr": (DOCUMENT, r"(<w:pgSz [^>]*>)(<w:pgMar [^>]*>)", r"\2\1"),
    "rPr behind the text": (DOCUMENT, r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)(<w:t[ >].*?</w:t>)", r"<w:r>\2\1"),
    "one id for two insertions": (DOCUMENT, r'(<w:ins w:id=")(\d+)(".*?<w:ins w:id=")\d+', r"\1\2\3\2"),
    "t in a deletion": (DOCUMENT, r"<w:delText>(.*?)</w:delText>", r"<w:t>\1</w:t>"),
    "an insertion in a run": (DOCUMENT, r"<w:t>(.*?)</w:t>", r'<w:ins w:id="99999" w:author="a" w:date="b"><w:t>\1</w:t></w:ins>'),
    "blanks not preserved": (DOCUMENT, r"<w:t>(.*?)</w:t>", r"<w:t> \1</w:t>"),
    "a comment that is not there": (DOCUMENT, r"<w:r>", '<w:r><w:commentReference w:id="7"/></w:r><w:r>'),
    "a relationship that is not there": (DOCUMENT, r'r:id="rId1"', 'r:id="rId99"'),
    "a target that is not there": ("word/_rels/document.xml.rels", r'"styles.xml"', '"style.xml"'),
    "no content type": ("[Content_Types].xml", r'<Override PartName="/word/numbering.xml"[^>]*>', ""),
}
PARAGRAPH = """<w:p><w:r><w:t>甲</w:t></w:r><w:del w:id="901" w:author="gouji" w:date="d"><w:r><w:delText>乙</w:delText></w:r></w:del>
<w:ins w:id="902" w:author="gouji" w:date="d"><w:r><w:t>丙</w:t></w:r></w:ins><w:ins w:id="903" w:author="她" w:date="d"><w:r><w:t>丁</w:t></w:r>
<w:del w:id="904" w:author="gouji" w:date="d"><w:r><w:delText>戊</w:delText></w:r></w:del></w:ins></w:p>"""


def changed(path, part, pattern, into):
    """The file with the first match in a part put otherwise; none where nothing matches."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                text, n = re.subn(pattern, into, data.decode(), count=1, flags=re.S)
                if not n:
                    return None
                data = text.encode()
            new.writestr(name, data)
    out.seek(0)
    return out


def main(folder):
    paths = sorted(folder.glob("*.docx"))
    for path in paths:
        assert order.faults(Word(path)) == [], f"{path}: {order.faults(Word(path))}"
    for what, how in BREAKS.items():
        broken = next(filter(None, (changed(path, *how) for path in paths)), None)
        assert broken, f"no file in which to break {what}"
        assert order.faults(Word(broken)), f"not blamed: {what}"
    word = Word(changed(paths[0], DOCUMENT, "<w:sectPr>", PARAGRAPH + "<w:sectPr>"))
    shown = [word.lines(view)[-1] for view in (ACCEPTED, WITHOUT_OURS, REJECTED)]
    assert shown == ["甲丙丁", "甲乙丁戊", "甲乙"], shown
    assert pages.tags("<p>a<b>c</b>") == pages.tags("<p>d<b>ef</b>") != pages.tags("<p>a<i>c</i>")
    print(f"the checkers: {len(paths)} files in order, {len(BREAKS)} broken ones blamed")


main(Path(sys.argv[1]))
