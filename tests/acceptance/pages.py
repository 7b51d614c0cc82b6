"""HTML files without gouji's code: their tags as written, and what Chromium shows of them."""

import html
import json
import os
import re
import subprocess
import tempfile
from html.parser import HTMLParser

SHOW = """<!DOCTYPE html><meta charset="utf-8"><pre id="out"></pre><script>
const names = %s, seen = {};
let left = names.length;
for (const name of names) {
  const frame = document.createElement("iframe");
  frame.width = 1200;
  frame.onload = () => {
    seen[name] = frame.contentDocument.body.innerText;
    frame.remove();
    if (--left === 0) document.getElementById("out").textContent = JSON.stringify(seen);
  };
  frame.src = name;
  document.body.append(frame);
}
</script>"""


class Tags(HTMLParser):
    """All that is no text: tags, comments, scripts, declarations, each as written."""

    def __init__(self, source):
        super().__init__(convert_charrefs=False)
        self.found = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        self.found.append(f"</{tag}>")

    def handle_comment(self, data):
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.found.append(f"<!{decl}>")


def tags(source):
    return Tags(source).found


def shown(browser, paths):
    """The text that the browser renders of each file, by its path."""
    with tempfile.TemporaryDirectory() as room:
        names = {}
        for at, path in enumerate(paths):
            names[f"{at}.html"] = path
            os.symlink(os.path.abspath(path), os.path.join(room, f"{at}.html"))
        with open(os.path.join(room, "all.html"), "w", encoding="utf-8") as file:
            file.write(SHOW % json.dumps(sorted(names)))
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
                   f"--user-data-dir={room}/profile", "--virtual-time-budget=600000", "--dump-dom",
                   f"file://{room}/all.html"]
        result = subprocess.run(command, capture_output=True, timeout=240, check=True)
        found = re.search(r'<pre id="out">(.*?)</pre>', result.stdout.decode("utf-8"), re.S)
        if not found or not found.group(1):
            raise SystemExit("Chromium rendered nothing")
        seen = json.loads(html.unescape(found.group(1)))
    return {names[name]: text for name, text in seen.items()}
