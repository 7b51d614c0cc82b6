//! One rule's page.

use super::{MARK, code, conditions, escaped, fenced, tie};
use crate::explain::filled;
use crate::parameter;
use crate::words::{self, pick};
use gouji_lint::finding::Lang;
use gouji_lint::rule::{BilingualTemplate, Each, Example, ExampleText, Find, Rule, Say, Verb, What};

/// How many wrong and how many right examples of one line are shown.
const MOST_LINES: usize = 4;
/// How many of several lines.
const MOST_BLOCKS: usize = 2;
/// How many words of a list are shown.
const MOST_WORDS: usize = 60;

/// The page of a rule.
pub(super) fn page(rule: &Rule) -> String {
    let mut out = format!("{MARK}\n\n# {} {}\n", rule.info.id, escaped(&rule.info.name.zh));
    in_language(rule, Lang::Zh, &mut out);
    accepting(rule, Lang::Zh, &mut out);
    out.push_str("\n## 例子 Examples\n\n");
    examples("错例 Wrong", &rule.tests.bad, &mut out);
    examples("正例 Right", &rule.tests.ok, &mut out);
    if rule.tests.bad.is_empty() && rule.tests.ok.is_empty() {
        out.push_str("规则没有附例子。The rule carries no examples.\n\n");
    }
    out.push_str(&format!("## English: {}\n", escaped(rule.info.name.of(Lang::En))));
    in_language(rule, Lang::En, &mut out);
    accepting(rule, Lang::En, &mut out);
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// All but the examples.
fn in_language(rule: &Rule, lang: Lang, out: &mut String) {
    out.push('\n');
    for line in facts(rule, lang) {
        out.push_str(&format!("- {line}\n"));
    }
    let mut part = |title: &str, body: &str| {
        if !body.trim().is_empty() {
            let marks = pick(lang, "##", "###");
            out.push_str(&format!("\n{marks} {title}\n\n{}\n", body.trim_end()));
        }
    };
    part(pick(lang, "报告什么", "What it says"), &said(&rule.say, lang));
    part(pick(lang, "怎样判断", "How it judges"), &judged(rule, lang));
    part(pick(lang, "怎么改", "How to mend it"), &template(rule.help.as_ref(), lang));
}

/// How to accept a finding.
fn accepting(rule: &Rule, lang: Lang, out: &mut String) {
    let id = &rule.info.id;
    let reason = pick(lang, "原因", "reason");
    let in_table = rule.layout.is_some() || rule.scope.tables().next().is_some();
    let at = match (in_table, lang) {
        (true, Lang::Zh) => "{table: 表名, row: 行, col: 列}",
        (true, Lang::En) => "{table: NAME, row: ROW, col: COLUMN}",
        (false, Lang::Zh) => "{text: 原文}",
        (false, Lang::En) => "{text: QUOTATION}",
    };
    let comment = code(&format!("<!-- gouji-accept {id}: {reason} -->"));
    let entry = code(&format!("accept: [{{rule: {id}, at: {at}, reason: {reason}}}]"));
    out.push_str(&match lang {
        Lang::Zh => format!("\n## 核实后接受\n\n- 在 Markdown 报告里，写在那一段或那一行：{comment}\n- 在 gouji.yaml 里：{entry}\n"),
        Lang::En => format!("\n### How to accept a finding\n\n- In a Markdown report, in its paragraph or row: {comment}\n- In gouji.yaml: {entry}\n"),
    });
}

/// Level, basis, where it looks and where it comes from, a line each.
fn facts(rule: &Rule, lang: Lang) -> Vec<String> {
    let info = &rule.info;
    let colon = pick(lang, "：", ": ");
    let mut lines = vec![
        format!("{}{colon}{}", pick(lang, "级别", "Level"), words::level(lang, info.level)),
        capital(&escaped(&words::basis(lang, &info.basis))),
    ];
    let place = place(rule, lang);
    lines.push(format!("{}{colon}{place}", pick(lang, "范围", "Where it looks")));
    lines.extend(conditions::conditions(rule, lang));
    let fixes: Vec<&str> = rule.fixes.iter().map(|fix| words::fix_level(lang, fix.level)).collect();
    if !fixes.is_empty() {
        let fixes = fixes.join(pick(lang, "；", "; "));
        lines.push(format!("{}{colon}{fixes}", pick(lang, "修正", "Fix")));
    }
    if info.mask {
        let masked = pick(lang, "打码：命中的内容在所有输出中打码", "Masked: what it hits is masked in every output");
        lines.push(masked.to_owned());
    }
    let title = pick(lang, "参数", "Parameter");
    lines.extend(info.params.iter().map(|param| format!("{title}{colon}{}", escaped(&parameter::told(param, lang)))));
    let mut source = match lang {
        Lang::Zh => format!("规则包 {}，检查方式 {}", info.pack, info.verb),
        Lang::En => format!("pack {}, verb {}", info.pack, info.verb),
    };
    if !info.tags.is_empty() {
        source.push_str(pick(lang, "，标签 ", ", tags "));
        source.push_str(&info.tags.join(pick(lang, "、", ", ")));
    }
    source.push_str(&parameter::taken_from(info, lang));
    lines.push(format!("{}{colon}{}", pick(lang, "出处", "Source"), escaped(&source)));
    lines
}

/// With a capital at its start.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Where a rule looks, and what it is repeated for.
fn place(rule: &Rule, lang: Lang) -> String {
    let mut place = match &rule.layout {
        Some(layout) => tie::layout(layout, lang),
        None => tie::scope(&rule.scope, lang),
    };
    match &rule.each {
        None => {}
        Some(Each::Row) => place.push_str(pick(lang, "，逐行", ", row by row")),
        Some(Each::Col) => place.push_str(pick(lang, "，逐列", ", column by column")),
        Some(Each::Cell) => place.push_str(pick(lang, "，逐格", ", cell by cell")),
        Some(Each::Parent) => place.push_str(pick(lang, "，逐个有下级的行", ", for each row with rows below it")),
        Some(Each::ParentCell) => {
            place.push_str(pick(lang, "，逐列、逐个有下级的行", ", for each row with rows below it, column by column"))
        }
        Some(Each::Table) => place.push_str(pick(lang, "，逐表", ", table by table")),
        Some(Each::Name(name)) => {
            let name = escaped(name);
            place.push_str(&match lang {
                Lang::Zh => format!("，逐个“{name}”"),
                Lang::En => format!(", for each “{name}”"),
            });
        }
    }
    place
}

/// The messages, one a line where a rule has several.
fn said(say: &Say, lang: Lang) -> String {
    if say.cases.is_empty() {
        return template(say.general.as_ref(), lang);
    }
    let lines = say.cases.iter().map(|(case, own)| format!("- `{}` {}\n", case.word(), template(Some(own), lang)));
    lines.collect()
}

fn template(template: Option<&BilingualTemplate>, lang: Lang) -> String {
    template.map(|own| escaped(&filled(own.of(lang).source(), lang))).unwrap_or_default()
}

/// What a rule looks for or holds to be true; nothing for what its messages say already.
fn judged(rule: &Rule, lang: Lang) -> String {
    match &rule.verb {
        Verb::Assert(assert) => tie::tie(rule, assert, lang),
        Verb::Find(find) => sought(find, lang),
        Verb::Require(_) => String::new(),
        Verb::Script(_) => match lang {
            Lang::Zh => format!("由脚本判断，见规则文件 {}。", code(&file_name(rule))),
            Lang::En => format!("By a script: see the rule's file, {}.", code(&file_name(rule))),
        },
    }
}

/// The name of the rule's file, without the folders of whoever loaded it.
fn file_name(rule: &Rule) -> String {
    rule.info.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn sought(find: &Find, lang: Lang) -> String {
    match &find.what {
        What::Pattern(pattern) => {
            let lead = pick(lang, "找这种写法：", "It looks for ");
            format!("{lead}{}", code(pattern.source()))
        }
        What::Facts(facts) => {
            let words: Vec<String> = facts.iter().map(|fact| code(fact.word())).collect();
            let words = words.join(pick(lang, "、", ", "));
            format!("{}{words}", pick(lang, "读报告时记下的事实：", "Facts noted while reading: "))
        }
        What::Words(words) => {
            let mut out = format!(
                "| {} | {} |\n|---|---|\n",
                pick(lang, "写成", "As it is"),
                pick(lang, "应为", "As it should be")
            );
            for word in words.iter().take(MOST_WORDS) {
                let right = word.right.as_deref().map_or("—".to_owned(), escaped);
                out.push_str(&format!("| {} | {right} |\n", escaped(&word.wrong)));
            }
            if words.len() > MOST_WORDS {
                let n = words.len();
                out.push_str(&match lang {
                    Lang::Zh => format!("\n共 {n} 个词，其余见规则文件。\n"),
                    Lang::En => format!("\n{n} words in all; the rule's file has the others.\n"),
                });
            }
            out
        }
    }
}

/// The first examples: those of one line as a list, the others in a block each.
fn examples(title: &str, examples: &[Example], out: &mut String) {
    if examples.is_empty() {
        return;
    }
    out.push_str(&format!("{title}：\n\n"));
    let (lines, blocks): (Vec<&Example>, Vec<&Example>) = examples.iter().partition(|example| is_line(example));
    for example in lines.into_iter().take(MOST_LINES).chain(blocks.into_iter().take(MOST_BLOCKS)) {
        match &example.text {
            ExampleText::Written(text) => written(text, example.fixed.as_deref(), out),
            ExampleText::File { path, .. } => {
                let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
                out.push_str(&format!("- 文件 file {}\n", code(name)));
            }
        }
    }
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// Whether an example is told on one line.
fn is_line(example: &Example) -> bool {
    example.text.written().is_none_or(|text| !text.trim_end().contains('\n'))
}

/// An example of one line as an item of a list, another as a block.
fn written(text: &str, fixed: Option<&str>, out: &mut String) {
    if text.trim_end().contains('\n') {
        if !out.ends_with("\n\n") {
            out.push('\n');
        }
        out.push_str(&fenced(text));
        if let Some(fixed) = fixed {
            out.push_str(&format!("\n改后 Mended：\n\n{}", fenced(fixed)));
        }
        out.push('\n');
        return;
    }
    let mended = fixed.map(|fixed| format!(" → {}", code(fixed.trim_end()))).unwrap_or_default();
    out.push_str(&format!("- {}{mended}\n", code(text.trim_end())));
}
