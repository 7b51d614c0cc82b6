//! Automatic numbering: the 一、 and （一） that Word shows and that stand in no paragraph.

use super::package::Part;
use super::styles::Numbered;
use super::xml::{Id, Tag, Tree};
use std::collections::BTreeMap;

/// The levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: i64,
    format: String,
    /// `%1、`.
    text: String,
    /// The level whose next number makes it start again, from 1; 0: it never does. None: every level above.
    restart: Option<i64>,
}

/// A list as paragraphs name it.
#[derive(Clone, Debug)]
struct List {
    /// Lists of the same definition count on together.
    definition: i64,
    levels: Vec<Level>,
    /// Levels that start anew the first time that this list is used, and where.
    starts: Vec<Option<i64>>,
}

/// The lists of a file, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: BTreeMap<i64, List>,
    counts: BTreeMap<i64, [Option<i64>; LEVELS]>,
    /// Lists that were used already.
    used: BTreeMap<i64, ()>,
}

impl Numbering {
    pub(super) fn read(part: Option<&Part>) -> Self {
        let Some(part) = part else { return Self::default() };
        let tree = &part.tree;
        let children = || tree.children(tree.root());
        let definitions: BTreeMap<i64, Vec<Level>> = children()
            .filter(|&id| tree.tag(id) == Tag::AbstractNumbering)
            .filter_map(|id| Some((tree.number(id, "abstractNumId")?, levels(tree, id))))
            .collect();
        let mut lists = BTreeMap::new();
        for id in children().filter(|&id| tree.tag(id) == Tag::Numbering) {
            let own = tree.number(id, "numId");
            let definition = tree.value(id, Tag::AbstractNumberingId).and_then(|value| value.parse().ok());
            let (Some(own), Some(definition)) = (own, definition) else { continue };
            let mut levels = definitions.get(&definition).cloned().unwrap_or_default();
            let mut starts = vec![None; LEVELS];
            for change in tree.children(id).filter(|&id| tree.tag(id) == Tag::LevelOverride) {
                let Some(at) = level_index(tree, change) else { continue };
                starts[at] = tree.child(change, Tag::StartOverride).and_then(|start| tree.number(start, "val"));
                if let Some(changed) = tree.child(change, Tag::Level) {
                    levels.resize(levels.len().max(at + 1), Level::default());
                    levels[at] = level(tree, changed);
                }
            }
            lists.insert(own, List { definition, levels, starts });
        }
        Self { lists, ..Self::default() }
    }

    /// The number of the next paragraph of a list; empty where it has a bullet or none.
    pub(super) fn next(&mut self, asked: Numbered) -> String {
        let Some(list) = asked.id.filter(|&id| id != 0).and_then(|id| self.lists.get(&id)) else {
            return String::new();
        };
        let at = usize::try_from(asked.level.unwrap_or(0)).unwrap_or(0).min(LEVELS - 1);
        let Some(level) = list.levels.get(at) else { return String::new() };
        let counts = self.counts.entry(list.definition).or_default();
        if self.used.insert(asked.id.unwrap_or(0), ()).is_none() {
            for (count, start) in counts.iter_mut().zip(&list.starts) {
                *count = start.map_or(*count, |start| Some(start - 1));
            }
        }
        let number = counts[at].map_or(level.start, |count| count + 1);
        counts[at] = Some(number);
        for (below, level) in list.levels.iter().enumerate().skip(at + 1) {
            let restarts = level.restart.is_none_or(|above| above > 0 && at < above.unsigned_abs() as usize);
            if restarts {
                counts[below] = None;
            }
        }
        shown(list, counts, at)
    }
}

fn shown(list: &List, counts: &[Option<i64>; LEVELS], at: usize) -> String {
    let level = &list.levels[at];
    if level.format == "bullet" {
        return String::new();
    }
    let mut shown = String::new();
    let mut chars = level.text.chars().peekable();
    while let Some(c) = chars.next() {
        let named = chars.peek().and_then(|next| next.to_digit(10)).filter(|&digit| c == '%' && digit > 0);
        let Some(named) = named else {
            shown.push(c);
            continue;
        };
        chars.next();
        let Some(of) = list.levels.get(named as usize - 1) else { continue };
        let number = counts[named as usize - 1].unwrap_or(of.start);
        shown.push_str(&formatted(number, &of.format));
    }
    shown.trim().to_owned()
}

fn levels(tree: &Tree, definition: Id) -> Vec<Level> {
    let mut levels = Vec::new();
    for id in tree.children(definition).filter(|&id| tree.tag(id) == Tag::Level) {
        let Some(at) = level_index(tree, id) else { continue };
        levels.resize(levels.len().max(at + 1), Level::default());
        levels[at] = level(tree, id);
    }
    levels
}

fn level_index(tree: &Tree, id: Id) -> Option<usize> {
    usize::try_from(tree.number(id, "ilvl")?).ok().filter(|&at| at < LEVELS)
}

fn level(tree: &Tree, id: Id) -> Level {
    let number = |tag| tree.child(id, tag).and_then(|child| tree.number(child, "val"));
    let word = |tag| tree.value(id, tag).map_or(String::new(), |value| value.into_owned());
    Level {
        start: number(Tag::Start).unwrap_or(0),
        format: word(Tag::NumberFormat),
        text: word(Tag::LevelText),
        restart: number(Tag::LevelRestart),
    }
}

/// A number in a format of Word's.
fn formatted(number: i64, format: &str) -> String {
    let small = usize::try_from(number).ok();
    let nth = |from: char, most: usize| {
        let at = small.filter(|&n| (1..=most).contains(&n))?;
        char::from_u32(from as u32 + u32::try_from(at).ok()? - 1).map(String::from)
    };
    let circled = || nth('①', 20);
    let of = |letters: &str| small.and_then(|n| letters.chars().nth(n.checked_sub(1)?)).map(String::from);
    let found = match format {
        "none" => Some(String::new()),
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseDigitalTenThousand" => Some(chinese(number)),
        "chineseLegalSimplified" | "ideographLegalTraditional" => Some(legal(number)),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(),
        "decimalFullWidth" | "decimalFullWidth2" => Some(wide(number)),
        "decimalZero" => Some(format!("{number:02}")),
        "decimalEnclosedParen" => Some(format!("({number})")),
        "decimalEnclosedFullstop" => Some(format!("{number}.")),
        "upperLetter" => nth('A', 26),
        "lowerLetter" => nth('a', 26),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|roman| roman.to_lowercase()),
        "ideographTraditional" => of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => of("子丑寅卯辰巳午未申酉戌亥"),
        _ => None,
    };
    found.unwrap_or_else(|| number.to_string())
}

fn wide(number: i64) -> String {
    number
        .to_string()
        .chars()
        .map(|c| c.to_digit(10).and_then(|d| char::from_u32('０' as u32 + d)).unwrap_or(c))
        .collect()
}

/// 一 to 九千九百九十九; beyond that digits.
fn chinese(number: i64) -> String {
    spelled(number, "〇一二三四五六七八九", ["", "十", "百", "千"])
}

fn legal(number: i64) -> String {
    spelled(number, "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"])
}

fn spelled(number: i64, digits: &str, units: [&str; 4]) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let word = number.to_string();
    if number <= 0 || word.len() > units.len() {
        return word;
    }
    let mut spelled = String::new();
    let mut gap = false;
    for (at, digit) in word.bytes().enumerate() {
        let unit = units[word.len() - 1 - at];
        match usize::from(digit - b'0') {
            0 => gap = true,
            digit => {
                if std::mem::take(&mut gap) {
                    spelled.push('零');
                }
                // 十一, not 一十一.
                if !(digit == 1 && at == 0 && word.len() == 2 && unit == "十") {
                    spelled.push(digits[digit]);
                }
                spelled.push_str(unit);
            }
        }
    }
    spelled
}

fn roman(number: i64) -> Option<String> {
    const MARKS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut roman = String::new();
    for (value, mark) in MARKS {
        while rest >= value {
            roman.push_str(mark);
            rest -= value;
        }
    }
    Some(roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_as_word_spells_them() {
        let of = |format: &str| [1, 10, 11, 20, 105].map(|n| formatted(n, format)).join(" ");
        assert_eq!(of("chineseCounting"), "一 十 十一 二十 一百零五");
        assert_eq!(of("chineseCountingThousand"), "一 十 十一 二十 一百零五");
        assert_eq!(of("decimalEnclosedCircleChinese"), "① ⑩ ⑪ ⑳ 105");
        assert_eq!(of("lowerRoman"), "i x xi xx cv");
        assert_eq!(of("decimal"), "1 10 11 20 105");
        assert_eq!(of("decimalFullWidth"), "１ １０ １１ ２０ １０５");
    }
}
