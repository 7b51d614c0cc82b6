//! A folder of its own for each test, and the command run in it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A rule that finds 错别子 and knows the right word: an error with a safe fix.
const WORD_RULE: &str = "\
id: ZZ901
name: 错别字
level: error
basis: {doc: 测试用规则, strength: practice}
in: paragraphs
find: {错别子: 错别字}
say: “<text>”应为“<right>”
help: 改正用字
fix: safe
en: {name: Wrong word, say: “<text>” should be “<right>”, help: mend the word}
tests:
  ok: [这里没有错别字。]
  bad: {这里有错别子。: 这里有错别字。}
";

/// A rule that only warns and has no fix.
const MARK_RULE: &str = "\
id: ZZ902
name: 感叹号
level: warning
basis: {doc: 测试用规则, strength: practice}
in: paragraphs
find: ！
say: 公文一般不用感叹号
en: {name: Exclamation mark, say: official documents use no exclamation marks}
tests:
  ok: [很好。]
  bad: [很好！]
";

/// A text with one error on line 3.
pub(crate) const WRONG: &str = "某某情况的报告\n\n这里有一个错别子，需要改。\n最后一段没有问题。\n";
/// The same, mended.
pub(crate) const MENDED: &str = "某某情况的报告\n\n这里有一个错别字，需要改。\n最后一段没有问题。\n";
/// A text without a fault.
pub(crate) const CLEAN: &str = "某某情况的报告\n\n这里一切都好，没有问题。\n";

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A temporary folder.
pub(crate) struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    /// With a rule that finds a word and one that finds a mark.
    pub(crate) fn new() -> Self {
        let room = Self::bare();
        room.write(".rules/word.yaml", WORD_RULE);
        room.write(".rules/mark.yaml", MARK_RULE);
        room
    }

    /// With nothing in it but the mark of a repository: a configuration above it must not count.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        fs::create_dir(folder.path().join(".git")).expect("a folder can be made");
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in the room")).expect("folders can be made");
        fs::write(path, bytes).expect("the file can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("the file is UTF-8")
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("the file can be read")
    }

    /// The names in the room's top folder, hidden ones apart.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .expect("the room can be listed")
            .map(|entry| entry.expect("an entry can be read").file_name().to_string_lossy().into_owned())
            .filter(|name| ![".rules", ".git"].contains(&name.as_str()))
            .collect();
        names.sort();
        names
    }

    /// Runs with the arguments as they are.
    pub(crate) fn gouji(&self, args: &[&str]) -> Ran {
        self.fed(args, b"")
    }

    /// Runs `check` or the like with the room's rules alone.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_fed(args, b"")
    }

    /// The same with something on standard input.
    pub(crate) fn run_fed(&self, args: &[&str], stdin: &[u8]) -> Ran {
        let all: Vec<&str> = args.iter().copied().chain(["--rules", ".rules", "--select", "ZZ"]).collect();
        self.fed(&all, stdin)
    }

    /// Runs with the arguments as they are, on so many threads.
    pub(crate) fn on_threads(&self, n_threads: &str, args: &[&str]) -> Ran {
        self.under("RAYON_NUM_THREADS", n_threads.as_ref(), args)
    }

    /// Runs with the arguments as they are, with one thing in its environment.
    pub(crate) fn under(&self, name: &str, value: &OsStr, args: &[&str]) -> Ran {
        ran(self.command(args).env(name, value), b"")
    }

    fn fed(&self, args: &[&str], stdin: &[u8]) -> Ran {
        ran(&mut self.command(args), stdin)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_remove("NO_COLOR")
            .env_remove("LC_MESSAGES")
            .env_remove("LANG")
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

/// What a command comes to.
fn ran(command: &mut Command, stdin: &[u8]) -> Ran {
    let mut child = command.spawn().expect("the command starts");
    // A command that does not read its input closes the pipe: no fault.
    let _ = child.stdin.take().expect("it is piped").write_all(stdin);
    let output = child.wait_with_output().expect("the command ends");
    Ran {
        status: output.status.code().expect("it ends by itself"),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
