//! The keys of a rule: one line a key, read by the loader and told to editors.

use super::assert::{MAX_PLACES, ON_BLANK};
use super::param::{PARAM, PARAMETER};
use super::rule::ONS;
use super::{binding, example, find, fix, require, scope, when};
use crate::finding::{Level, Strength};
use crate::rule::Need;
use crate::shape::KeyTie::{GoesWith, NotBoth, OneOf, SomeOf, Without};
use crate::shape::Shape::{
    Any, Between, Either, Like, Map as Known, Nothing, OneOrMore, Pairs, PairsBut, Short, Text, Truth, Word,
};
use crate::shape::{Field, KeyTie, Map, words};

/// The keys of which a rule has exactly one.
pub(super) const VERBS: [&str; 4] = ["find", "require", "assert", "script"];

/// The longest Chinese name of a rule, in characters.
pub(super) const NAME_LIMIT: usize = 16;

/// The keys of a rule.
pub(crate) static RULE: Map = Map::tied(
    &[
        Field::must("id", Like("^[A-Z]{2}[0-9]{3}$"), "编号：两个大写字母加三位数字，如 XX101", "code"),
        Field::must("name", Short(NAME_LIMIT), "名称：说缺陷或要求，最多 16 个字", "Chinese name"),
        Field::may("level", Word(|| words(&Level::WORDS)), "级别：error 错误，warning 警告，info 提示", "level"),
        Field::may("basis", Known(&BASIS), "依据：哪份文件、哪一条、约束力如何", "basis"),
        Field::may("tags", OneOrMore(&Text), "标签，可以写多个", "tags"),
        Field::may(
            "mask",
            Either(&[Truth, PARAMETER]),
            "true：命中的内容在一切输出中都要打码，包括其他规则的话",
            "whether what it hits is masked in every output",
        ),
        Field::may(
            "params",
            PairsBut(&binding::RESERVED, &Known(&PARAM)),
            "参数：名字、类型、默认值，使用者可以在配置里改",
            "values that users may set",
        ),
        Field::may("use", Text, "沿用哪条规则：这里不写的键都用那条规则的", "the rule it takes all else from"),
        Field::may("with", Pairs(&Any), "沿用时参数另取的值", "values for the parameters of that rule"),
        Field::may("when", Known(&when::WHEN), "只查哪些表样、年份、机关的报告", "the reports it is meant for"),
        Field::may(
            "needs",
            OneOrMore(&Word(|| words(&Need::WORDS))),
            "缺了就不能检查的条件",
            "what it can not do without",
        ),
        Field::may(
            "in",
            OneOrMore(&scope::PLACE),
            "在哪里找：表、部分的短名，或 prose、headings 等；不写则为全文",
            "where it looks",
        ),
        Field::may(
            "on",
            Either(&[Word(|| words(&ONS)), PARAMETER]),
            "find 找的是原文（text）还是折叠全半角和空格后的文字（folded）",
            "which shadow",
        ),
        Field::may(
            "let",
            PairsBut(&binding::RESERVED, &binding::BINDING),
            "给格子、文中的数取名，供 assert 和 say 使用",
            "names for things",
        ),
        Field::may("each", Text, "逐行（row）、逐列（col），或逐个某名字所指的数", "repeat for each"),
        Field::may("at", Text, "问题标在哪个名字（捕获组或 let 的名字）上", "where the finding is placed"),
        Field::may(
            "find",
            find::FIND,
            "动作：不该出现的写法：正则、“错: 对”的词表，或 {fact: 事实}",
            "what must not be there",
        ),
        Field::may("unless", find::UNLESS, "find 的例外：这些情形不报告", "what takes a finding away"),
        Field::may("require", Known(&require::REQUIRE), "动作：必须有的部分、表、行、列或文字", "what must be there"),
        Field::may("assert", Text, "动作：必须成立的式子，如 新收 + 结转 == 总计 + 下年", "what must be true"),
        Field::may("tolerance", Text, "相差多少之内算相等，如 0.5 或 0.5%", "how close is equal"),
        Field::may(
            "round",
            Either(&[Between(0, MAX_PLACES), PARAMETER]),
            "按几位小数四舍五入后算相等",
            "decimals of rounded numbers",
        ),
        Field::may(
            "blank",
            Either(&[Word(|| words(&ON_BLANK)), PARAMETER]),
            "空格怎么办：undetermined 无法判断，zero 算 0，error 报错",
            "what a blank cell means",
        ),
        Field::may("script", Text, "动作：Rhai 脚本，自己报告问题", "a Rhai script that reports"),
        Field::may(
            "lib",
            OneOrMore(&Text),
            "脚本用到的函数文件：写 NAME 就是规则旁边的 NAME.rhai",
            "files of functions",
        ),
        Field::may("say", SAY, "报告的话，<名字> 会换成它的值", "message"),
        Field::may("help", Text, "怎么改", "what to do"),
        Field::may("label", Pairs(&Text), "名字: 在它的位置上标注的几个字", "words shown at names"),
        Field::may("fix", fix::FIX, "修正：safe、unsafe、suggest 之一，后面写改成什么", "fix"),
        Field::may("tests", Known(&example::TESTS), "规则自己的例子：ok 不该报告，bad 应该报告", "tests"),
        Field::may("en", Known(&EN), "英文的名称和话", "the same in English"),
    ],
    &[GoesWith("with", &["use"]), NotBoth("use", "params"), Without("use", &WHOLE), Without("use", &COMPANIONS)],
);

/// What a rule has that takes nothing from another.
static WHOLE: [KeyTie; 5] =
    [SomeOf(&["level"]), SomeOf(&["basis"]), OneOf(&VERBS), SomeOf(&["say", "script"]), NotBoth("tolerance", "round")];

/// Keys that belong to some verbs only.
pub(super) static COMPANIONS: [KeyTie; 10] = [
    GoesWith("unless", &["find"]),
    GoesWith("on", &["find"]),
    GoesWith("let", &["assert"]),
    GoesWith("each", &["assert"]),
    GoesWith("tolerance", &["assert"]),
    GoesWith("round", &["assert"]),
    GoesWith("blank", &["assert"]),
    GoesWith("lib", &["script"]),
    GoesWith("at", &["find", "assert"]),
    GoesWith("fix", &["find", "assert"]),
];

/// The keys of a `basis`.
pub(crate) static BASIS: Map = Map::of(&[
    Field::must("doc", Text, "文件、标准的名称或文号；没有依据的写实践的出处", "instrument"),
    Field::may("clause", Text, "条款", "clause"),
    Field::must(
        "strength",
        Word(|| words(&Strength::WORDS)),
        "约束力：must 必须，should 推荐，practice 实践，logic 数据或前后矛盾",
        "how binding",
    ),
]);

/// The keys of a `say` that tells cases apart: the words of `Case`.
pub(super) static CASES: Map = Map::of(&[
    Field::must("missing", Text, "缺少时说的话，没有另写的情形也用它", "something is missing"),
    REPEAT,
    ORDER,
    EXTRA,
    TEXT,
]);

/// The same in English, where each may be left out.
pub(super) static ENGLISH_CASES: Map =
    Map::of(&[Field::may("missing", Text, "缺少时说的话", "something is missing"), REPEAT, ORDER, EXTRA, TEXT]);

const REPEAT: Field = Field::may("repeat", Text, "重复时说的话", "it is there twice");
const ORDER: Field = Field::may("order", Text, "次序不对时说的话", "it is out of order");
const EXTRA: Field = Field::may("extra", Text, "多出时说的话", "it is not demanded");
const TEXT: Field = Field::may("text", Text, "缺少要求的文字时说的话", "the text is not there");

const SAY: crate::shape::Shape = Either(&[Text, Known(&CASES)]);

/// The keys of an `en`.
pub(super) static EN: Map = Map::of(&[
    Field::may("name", Text, "英文名称", "name"),
    Field::may("say", Either(&[Text, Known(&ENGLISH_CASES)]), "英文的 say", "message"),
    Field::may("help", Text, "英文的 help", "what to do"),
    Field::may("label", Pairs(&Text), "英文的 label", "words shown at names"),
    Field::may(
        "fix",
        OneOrMore(&Either(&[Text, Nothing])),
        "各个修正的英文 title，次序相同",
        "the titles of fixes, in their order",
    ),
    Field::may("names", Pairs(&Text), "let 中各名字的英文", "what names of let are called in a ledger"),
    Field::may("params", Pairs(&Text), "参数的英文说明", "what the parameters are for"),
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Case;

    #[test]
    fn the_cases_of_say_are_those_of_require() {
        for map in [&CASES, &ENGLISH_CASES] {
            let keys: Vec<&str> = map.fields.iter().map(|field| field.name).collect();
            assert_eq!(keys, Case::ALL.map(Case::word));
        }
    }
}
