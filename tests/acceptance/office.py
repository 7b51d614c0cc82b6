"""Opens Word files in LibreOffice: the text with all changes accepted and with all rejected, who changed, a PDF of each.

Runs under the Python that LibreOffice's bridge is made for: `office.py LIST OUT`. LIST holds one path a line; OUT becomes
JSON: for each path null where it does not open, else `accepted`, `rejected` (lines), `changes` (authors), `pdf` (bytes).
The LibreOffice of Debian 12 ends when it opens any file with comments over its bridge; those it only converts: `shown`
(lines with insertions and deletions), `comments` (authors), `pdf`.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

START_SECONDS = 60


def connect(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(START_SECONDS * 4):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def setting(name, value):
    return PropertyValue(Name=name, Value=value)


class Office:
    def __init__(self, context, room):
        manager = context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        self.room = room

    def open(self, path):
        # A copy: the program leaves a lock beside what it opens.
        copy = shutil.copy(path, os.path.join(self.room, "a.docx"))
        url = uno.systemPathToFileUrl(copy)
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, (setting("Hidden", True),))
        if document is None:
            raise RuntimeError(f"{path} does not open")
        return document

    def store(self, document, name, kind, options=""):
        path = os.path.join(self.room, name)
        settings = (setting("FilterName", kind), setting("FilterOptions", options), setting("Overwrite", True))
        document.storeToURL(uno.systemPathToFileUrl(path), settings)
        with open(path, "rb") as file:
            return file.read()

    def text(self, document, command):
        frame = document.CurrentController.Frame
        self.dispatcher.executeDispatch(frame, f".uno:{command}AllTrackedChanges", "", 0, ())
        # Their numbers would stand in the text.
        for note in [document.Footnotes.getByIndex(at) for at in range(document.Footnotes.Count)]:
            note.Anchor.setString("")
        return self.store(document, "a.txt", "Text (encoded)", "UTF8,LF").decode("utf-8-sig").split("\n")

    def look(self, path):
        document = self.open(path)
        out = {"changes": []}
        changes = document.Redlines.createEnumeration()
        while changes.hasMoreElements():
            out["changes"].append(changes.nextElement().RedlineAuthor)
        pdf = self.store(document, "a.pdf", "writer_pdf_Export")
        out["pdf"] = len(pdf) if pdf.startswith(b"%PDF-") else 0
        out["accepted"] = self.text(document, "Accept")
        document.close(True)
        if out["changes"]:
            document = self.open(path)
            out["rejected"] = self.text(document, "Reject")
            document.close(True)
        else:
            out["rejected"] = out["accepted"]
        return out


class Session:
    """LibreOffice with a profile of its own."""

    def __enter__(self):
        self.room = tempfile.TemporaryDirectory()
        pipe = f"gouji{os.getpid()}-{os.path.basename(self.room.name)}"
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{self.room.name}/profile",
                   f"--accept=pipe,name={pipe};urp"]
        # The program forks: its group is ended as a whole.
        self.process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        return Office(connect(pipe), self.room.name)

    def __exit__(self, *_):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.room.cleanup()


def look_at(paths):
    """What is seen of each; a file that ends the program twice is one that does not open."""
    left, seen, tries = list(paths), {}, {}
    while left:
        with Session() as office:
            try:
                while left:
                    tries[left[0]] = tries.get(left[0], 0) + 1
                    seen[left[0]] = office.look(left[0])
                    left.pop(0)
            except (DisposedException, RuntimeError) as error:
                print(f"LibreOffice ended at {left[0]}: {type(error).__name__}")
                if tries[left[0]] > 1:
                    seen[left.pop(0)] = None
    return seen


def converted(paths):
    """What is seen of files with comments."""
    seen = {}
    with tempfile.TemporaryDirectory() as room:
        copies = [shutil.copy(path, os.path.join(room, f"{at}.docx")) for at, path in enumerate(paths)]
        for kind in ("txt:Text (encoded):UTF8", "pdf", "odt"):
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{room}/profile", "--convert-to", kind]
            subprocess.run([*command, "--outdir", room, *copies], timeout=300, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        for path, copy in zip(paths, copies):
            made = [copy.replace(".docx", ending) for ending in (".txt", ".pdf", ".odt")]
            if not all(map(os.path.exists, made)):
                seen[path] = None
                continue
            with zipfile.ZipFile(made[2]) as archive:
                content = archive.read("content.xml").decode()
            with open(made[0], encoding="utf-8-sig") as text:
                seen[path] = {
                    "shown": text.read().split("\n"),
                    "comments": re.findall(r"<office:annotation\b.*?<dc:creator>(.*?)</dc:creator>", content, re.S),
                    "pdf": os.path.getsize(made[1]),
                }
    return seen


def has_comments(path):
    with zipfile.ZipFile(path) as archive:
        return "word/comments.xml" in archive.namelist()


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        paths = [path for path in file.read().split("\n") if path]
    seen = converted([path for path in paths if has_comments(path)])
    seen |= look_at(path for path in paths if not has_comments(path))
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(seen, file, ensure_ascii=False)


main()
