//! `docs/writing-rules.md`, carried out: its files are written, its commands run, what they print is compared.
//! `UPDATE=1` writes what they print into the page.
//!
//! A fence names its file behind the language (```` ```yaml 规则/用词.yaml ````): it is written when it is met. In a
//! `console` fence a line `$ gouji …` is run in that folder; the lines below it are what it prints, on either channel,
//! and `$ echo $?` gives the exit status of the command before it.

use crate::room::{Ran, Room};
use std::fs;
use std::path::Path;

/// Where a fence's words go.
enum Fence<'a> {
    File(&'a str),
    Console,
    Other,
}

fn fence(info: &str) -> Fence<'_> {
    match info.split_once(' ') {
        Some((_, file)) => Fence::File(file.trim()),
        None if info == "console" => Fence::Console,
        None => Fence::Other,
    }
}

/// The page with what the commands print today, and how many commands and files it has.
fn carry_out(page: &str, room: &Room) -> (String, usize, usize) {
    let (mut out, mut n_commands, mut n_files) = (String::new(), 0, 0);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out += &format!("{line}\n");
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match fence(info) {
            Fence::File(file) => {
                n_files += 1;
                room.write(file, format!("{}\n", body.join("\n")));
                out.extend(body.iter().map(|line| format!("{line}\n")));
            }
            Fence::Console => {
                let commands = body.iter().filter_map(|line| line.strip_prefix("$ "));
                let mut last = 0;
                for command in commands {
                    n_commands += 1;
                    out += &format!("$ {command}\n");
                    out += &printed(command, &mut last, room);
                }
            }
            Fence::Other => out.extend(body.iter().map(|line| format!("{line}\n"))),
        }
        out += "```\n";
    }
    (out, n_commands, n_files)
}

/// What a command prints; `last` is the exit status of the one before it.
fn printed(command: &str, last: &mut i32, room: &Room) -> String {
    if command == "echo $?" {
        return format!("{last}\n");
    }
    let words: Vec<&str> = command.split(' ').collect();
    let ["gouji", args @ ..] = words.as_slice() else { panic!("the page runs gouji only: {command}") };
    let Ran { status, stdout, stderr } = room.gouji(args);
    *last = status;
    let text = stdout + stderr.as_str();
    let lines = text.trim_end().lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

#[test]
fn every_example_of_the_tutorial_does_what_the_page_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/writing-rules.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let (actual, n_commands, n_files) = carry_out(&page, &Room::bare());
    assert!(n_commands >= 6 && n_files >= 6, "{n_commands} commands, {n_files} files");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &actual).expect("the page is writable");
    } else if let Some((line, (wanted, got))) =
        page.lines().zip(actual.lines()).enumerate().find(|(_, (wanted, got))| wanted != got)
    {
        panic!("docs/writing-rules.md:{}\n  says  {wanted}\n  gives {got}\nUPDATE=1 writes it anew", line + 1);
    } else {
        assert_eq!(page.lines().count(), actual.lines().count(), "UPDATE=1 writes it anew");
    }
}
