"""Holds what gouji wrote against what it should have written; prints figures, and what does not agree.

`check.py ROOM`: ROOM/given has the files as they were, ROOM/tracked, plain, comments, annotated and pages what gouji made
of them, ROOM/text the same reports as text with the same fixes carried out, ROOM/findings.json what `gouji check` said.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import docx

import order
import pages
from word import ACCEPTED, EVERYTHING, OURS, REJECTED, WITHOUT_OURS, Word, tidy

# The parts that an output may change, and those it may add.
DOCUMENT = {"word/document.xml"}
COMMENTS = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml"}
MODES = {"tracked": DOCUMENT, "plain": DOCUMENT, "comments": COMMENTS, "annotated": COMMENTS}
BRIDGE_PYTHON = "/usr/bin/python3"

figures = Counter()
faults = []


def hold(what, got, wanted):
    """One comparison."""
    figures["compared"] += 1
    if got == wanted:
        return
    detail = f"{short(got)} instead of {short(wanted)}"
    if isinstance(got, list) and isinstance(wanted, list):
        at = next((at for at, pair in enumerate(zip(got, wanted)) if pair[0] != pair[1]), min(len(got), len(wanted)))
        detail = f"{len(got)} and {len(wanted)} items; at {at}: {short(got[at:at + 3])} instead of {short(wanted[at:at + 3])}"
    faults.append(f"{what}: {detail}")


def short(value):
    text = repr(value)
    return text if len(text) < 300 else text[:300] + "…"


def lines_of(path):
    return tidy(path.read_text(encoding="utf-8").split("\n"))


def untouched(word, view):
    """How each character of each line looks, by line."""
    lines, current = [], None
    for character in word.characters(view):
        if character[0] == "¶":
            current = []
            lines.append(current)
        else:
            current.append(character)
    return lines


def kept(before, after):
    """The characters at both ends of every line that stayed the same, as they looked before and as they look now."""
    old, new = [], []
    for was, now in zip(before, after):
        same = 0
        while same < min(len(was), len(now)) and was[same][0] == now[same][0]:
            same += 1
        tail = 0
        while tail < min(len(was), len(now)) - same and was[-1 - tail][0] == now[-1 - tail][0]:
            tail += 1
        old += was[:same] + was[len(was) - tail:]
        new += now[:same] + now[len(now) - tail:]
    return new, old


def check_word(mode, given, path, wanted, n_findings):
    before, after = Word(given), Word(path)
    name = f"{mode}/{path.name}"
    figures["files written"] += 1
    hold(f"{name}: order, ids, types, relationships", order.faults(after), [])
    for part, data in before.parts.items():
        if part not in MODES[mode]:
            hold(f"{name}: {part}", after.parts.get(part), data)
    hold(f"{name}: parts", sorted(set(after.names) - set(before.names) - MODES[mode]), [])
    old, new = before.lines(ACCEPTED), after.lines(ACCEPTED)
    mended = wanted != old
    others = [change for change in after.changes() if change[1] != OURS]
    ours = len(after.changes()) - len(others)
    comments = after.comments().count(OURS)
    figures[f"changes by {OURS}"] += ours
    figures[f"comments by {OURS}"] += comments
    hold(f"{name}: other authors", {author for _, author in others}, {author for _, author in before.changes()})
    hold(f"{name}: comments of others", [a for a in after.comments() if a != OURS], before.comments())
    hold(f"{name}: text with changes accepted", new, old if mode in ("comments", "annotated") else wanted)
    hold(f"{name}: untouched text looks the same", *kept(untouched(before, ACCEPTED), untouched(after, ACCEPTED)))
    hold(f"{name}: changes tracked", ours > 0, mode == "tracked" and mended)
    if mode == "comments":
        hold(f"{name}: comments for fixes", comments > 0, mended)
    else:
        hold(f"{name}: comments", comments, n_findings if mode == "annotated" else 0)
    if mode == "plain":
        return
    # With our changes rejected the file says what it said, and looks as it looked.
    hold(f"{name}: without our changes", after.characters(WITHOUT_OURS), before.characters(ACCEPTED))
    hold(f"{name}: all rejected", after.characters(REJECTED), before.characters(REJECTED))
    hold(f"{name}: text with all changes rejected", after.lines(REJECTED), before.lines(REJECTED))


def check_python_docx(path):
    document = docx.Document(path)
    figures["opened by python-docx"] += 1
    hold(f"{path.name}: comments that python-docx sees", sum(c.author == OURS for c in document.comments),
         Word(path).comments().count(OURS))
    hold(f"{path.name}: paragraphs", len(document.paragraphs) > 5 and len(document.tables) > 0, True)


def check_office(room, paths):
    listed, seen = room / "office.txt", room / "office.json"
    listed.write_text("\n".join(map(str, paths)), encoding="utf-8")
    subprocess.run([BRIDGE_PYTHON, Path(__file__).with_name("office.py"), listed, seen], check=True, timeout=900)
    for path, found in json.loads(seen.read_text(encoding="utf-8")).items():
        word, name = Word(path), "/".join(Path(path).parts[-2:])
        hold(f"{name}: LibreOffice opens it", found is not None, True)
        if found is None:
            continue
        figures["opened by LibreOffice"] += 1
        # Its text has a blank between an automatic number and the words.
        if "shown" in found:
            hold(f"{name}: LibreOffice, shown", tidy(found["shown"]), word.lines(EVERYTHING, " ", "1"))
            hold(f"{name}: LibreOffice, comments", sorted(found["comments"]), sorted(word.comments()))
        else:
            hold(f"{name}: LibreOffice, accepted", tidy(found["accepted"]), word.lines(ACCEPTED, " "))
            hold(f"{name}: LibreOffice, rejected", tidy(found["rejected"]), word.lines(REJECTED, " "))
            authors = {author for _, author in word.changes()}
            hold(f"{name}: LibreOffice, authors of changes", set(found["changes"]), authors)
        hold(f"{name}: LibreOffice, PDF", found["pdf"] > 1000, True)
        figures["PDFs made"] += found["pdf"] > 1000


def check_pages(room, browser):
    names = sorted(path.name for path in (room / "pages").iterdir())
    for name in names:
        figures["files written"] += 1
        before, after = ((room / folder / name).read_text(encoding="utf-8") for folder in ("given", "pages"))
        hold(f"pages/{name}: tags", pages.tags(after), pages.tags(before))
    if not browser:
        print("NOT RUN: no Chromium here, and none can be installed: the rendered text of HTML is not compared")
        return
    shown = pages.shown(browser, [room / folder / name for name in names for folder in ("given", "pages")])
    for name in names:
        figures["opened by Chromium"] += 2
        old, new = (lines_of(room / folder / Path(name).with_suffix(".txt").name) for folder in ("given", "text"))
        before, after = (tidy(shown[room / folder / name].split("\n")) for folder in ("given", "pages"))
        hold(f"pages/{name}: lines of the report that are not in the page", [line for line in old if line not in before], [])
        mended = dict(zip(old, new, strict=True))
        hold(f"pages/{name}: rendered text", after, [mended.get(line, line) for line in before])


def main(room):
    findings = json.loads((room / "findings.json").read_text(encoding="utf-8"))
    # Like findings are told as one with further places.
    counts = {
        Path(one["path"]).name: sum(1 + len(finding["places"]) for finding in one["findings"])
        for one in findings["documents"]
    }
    for_office = []
    for mode in MODES:
        for path in sorted((room / mode).glob("*.docx")):
            wanted = lines_of(room / "text" / path.with_suffix(".txt").name)
            check_word(mode, room / "given" / path.name, path, wanted, counts.get(path.name))
            check_python_docx(path)
            for_office.append(path)
    hold("there are files of every kind", all(any((room / mode).iterdir()) for mode in [*MODES, "pages"]), True)
    hold("changes and comments were written", min(figures[f"changes by {OURS}"], figures[f"comments by {OURS}"]) > 50, True)
    if shutil.which("soffice") and os.path.exists(BRIDGE_PYTHON):
        check_office(room, for_office)
    else:
        print("NOT RUN: no LibreOffice here, and none can be installed: Word files are not opened in it")
    check_pages(room, shutil.which("chromium"))
    print("acceptance: " + ", ".join(f"{n} {what}" for what, n in figures.items()))
    for fault in faults[:40]:
        print("  " + fault)
    if faults:
        raise SystemExit(f"{len(faults)} comparisons failed")


main(Path(sys.argv[1]))
