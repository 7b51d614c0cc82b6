//! Bold runs that CommonMark leaves as stars, because a Chinese character stands behind the closing ones:
//! `**（一）主动公开。**2024年` is bold to who wrote it.

use crate::label::is_blank;

/// What may stand before the first word of a line: blanks, and the marks of quotes, headings and lists.
const LINE_MARKS: [char; 7] = [' ', '\t', '\u{3000}', '>', '#', '-', '+'];
const OPENING: [char; 8] = ['（', '(', '《', '〈', '“', '‘', '〔', '【'];

/// The bytes of all stars and underlines that open or close a bold run, in order: two or three of them, the opening ones
/// at the start of a line or before an opening bracket, the closing ones on the same line.
pub(crate) fn marks(raw: &str) -> Vec<usize> {
    let mut marks = Vec::new();
    let mut start = 0;
    for line in raw.split_inclusive('\n') {
        if line.contains("**") || line.contains("__") {
            in_line(line, start, &mut marks);
        }
        start += line.len();
    }
    marks
}

fn in_line(line: &str, start: usize, marks: &mut Vec<usize>) {
    let text_from = line.len() - line.trim_start_matches(LINE_MARKS).len();
    let mut open: Option<(usize, &str)> = None;
    let mut at = text_from;
    while let Some(found) = line[at..].find(['*', '_']) {
        let from = at + found;
        let mark = &line[from..=from];
        let behind = line[from..].trim_start_matches(mark);
        let run = &line[from..line.len() - behind.len()];
        at = from + run.len();
        if !(2..=3).contains(&run.len()) || line[..from].ends_with('\\') {
            continue;
        }
        match open {
            Some((opened, opening)) if opening == run && !line[..from].ends_with(is_blank) => {
                marks.extend((opened..opened + run.len()).chain(from..at).map(|byte| start + byte));
                open = None;
            }
            _ if from == text_from && !behind.starts_with(is_blank) => open = Some((from, run)),
            _ if behind.starts_with(OPENING) => open = Some((from, run)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::marks;

    fn without(line: &str) -> String {
        let marks = marks(line);
        line.char_indices().filter(|(at, _)| !marks.contains(at)).map(|(_, c)| c).collect()
    }

    #[test]
    fn marks_of_bold_runs_and_no_others() {
        for (line, left) in [
            ("**（一）主动公开。**2024年，发布3条。", "（一）主动公开。2024年，发布3条。"),
            ("__（一）主动公开__2024年", "（一）主动公开2024年"),
            ("- **一、总体情况**\n", "- 一、总体情况\n"),
            ("推进**“放管服”**改革", "推进“放管服”改革"),
            ("张**、李**，1380****000", "张**、李**，1380****000"),
            ("共收到__件，其中__件", "共收到__件，其中__件"),
            ("**没有结束", "**没有结束"),
            ("** 甲** 乙", "** 甲** 乙"),
        ] {
            assert_eq!(without(line), left);
        }
    }
}
