"""Word files read without gouji's code: their text as it stands under a view of the changes left open, and their runs."""

import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMERALS = "〇一二三四五六七八九十"
MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
OURS = "gouji"


class View:
    """Which changes are taken: a function of the author, True for accepted, False for rejected."""

    def __init__(self, accepts):
        self.accepts = accepts

    def shows(self, element):
        """Whether text below this change is there."""
        if element.tag in (W + "ins", W + "moveTo"):
            return self.accepts(element.get(W + "author"))
        if element.tag in (W + "del", W + "moveFrom"):
            return not self.accepts(element.get(W + "author"))
        return True


ACCEPTED = View(lambda author: True)
REJECTED = View(lambda author: False)
WITHOUT_OURS = View(lambda author: author != OURS)


class Both(View):
    """What was inserted and what was deleted, side by side."""

    def __init__(self):
        super().__init__(None)

    def shows(self, element):
        return True


EVERYTHING = Both()


class Word:
    """A file with its parts."""

    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.trees = {
            name: etree.fromstring(data) for name, data in self.parts.items() if name.endswith((".xml", ".rels"))
        }
        self.body = self.trees["word/document.xml"].find(W + "body")

    def paragraphs(self):
        return [p for p in self.body.iter(W + "p") if next(p.iterancestors(W + "p"), None) is None]

    def runs(self, paragraph, view, note=""):
        """(run, text) of a paragraph under a view, in order; `note` stands where a footnote is referred to."""
        for run in paragraph.iter(W + "r"):
            if all(view.shows(change) for change in run.iterancestors()):
                text = "".join(shown(child) for child in run)
                text += note * len(run.findall(W + "footnoteReference"))
                if text:
                    yield run, text

    def characters(self, view):
        """Every character under a view with how it looks: the properties of its run and of its paragraph."""
        out = []
        for paragraph in self.paragraphs():
            whole = looks(paragraph.find(W + "pPr"))
            out.append(("¶", whole, ""))
            for run, text in self.runs(paragraph, view):
                own = looks(run.find(W + "rPr"))
                out.extend((c, whole, own) for c in text)
        return out

    def lines(self, view, behind_number="", note=""):
        """The text of each paragraph with its automatic number, blank ones left out."""
        out, held, counts = [], "", {}
        for paragraph in self.paragraphs():
            text = held + self.number(paragraph, counts, behind_number) + "".join(
                text for _, text in self.runs(paragraph, view, note)
            )
            mark = paragraph.find(f"{W}pPr/{W}rPr")
            # A paragraph whose mark is not there goes on in the next.
            gone = mark is not None and not all(view.shows(change) for change in mark)
            held = text if gone else ""
            if not gone:
                out.extend(text.split("\n"))
        return tidy(out)

    def number(self, paragraph, counts, behind):
        given = paragraph.find(f"{W}pPr/{W}numPr")
        if given is None:
            return ""
        level = int(given.find(W + "ilvl").get(W + "val"))
        number = given.find(W + "numId").get(W + "val")
        own = counts.setdefault(number, {})
        own[level] = own.get(level, 0) + 1
        for deeper in [other for other in own if other > level]:
            del own[deeper]
        numbering = self.trees["word/numbering.xml"]
        abstract = numbering.find(f"{W}num[@{W}numId='{number}']/{W}abstractNumId").get(W + "val")
        words = numbering.find(
            f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl[@{W}ilvl='{level}']/{W}lvlText"
        ).get(W + "val")
        for at, count in own.items():
            words = words.replace(f"%{at + 1}", NUMERALS[count])
        return words + behind

    def changes(self):
        """(kind, author) of every change left open."""
        found = self.body.iter(W + "ins", W + "del", W + "moveFrom", W + "moveTo")
        return [(change.tag[len(W):], change.get(W + "author")) for change in found]

    def comments(self):
        """The author of every comment."""
        tree = self.trees.get("word/comments.xml")
        return [] if tree is None else [comment.get(W + "author") for comment in tree.iter(W + "comment")]


def shown(element):
    if element.tag in (W + "t", W + "delText"):
        return element.text or ""
    return MARKS.get(etree.QName(element).localname, "") if element.tag.startswith(W) else ""


def looks(properties):
    """The properties as text that is equal where they are; marks of changes do not count."""
    if properties is None:
        return ""
    own = [child for child in properties if child.tag not in (W + "ins", W + "del", W + "rPr")]
    return b"".join(etree.tostring(child, method="c14n") for child in own).decode()


def tidy(lines):
    """Lines and fields without blanks at their ends, empty ones left out."""
    fields = (field.strip(" \t\r\n\u2003\u3000\u00a0\ufeff") for line in lines for field in line.split("\t"))
    return [field for field in fields if field]
