//! Why a script does not parse: what stands there, and how it is written right.

use super::token::Tokens;
use super::{FORBIDDEN, word_at};
use crate::fault::{Fault, nearest};
use crate::script::host::ALWAYS;
use crate::script::room;
use gouji_core::text::Span;
use rhai::{LexError, ParseError, ParseErrorType};

/// Habits from other languages, and what is written here instead.
const HABITS: [(&str, &str); 30] = [
    ("and", "&&"),
    ("or", "||"),
    ("not", "!"),
    ("elif", "else if"),
    ("elsif", "else if"),
    ("elseif", "else if"),
    ("function", "fn"),
    ("func", "fn"),
    ("def", "fn"),
    ("null", "()"),
    ("nil", "()"),
    ("None", "()"),
    ("undefined", "()"),
    ("True", "true"),
    ("False", "false"),
    ("var", "let"),
    ("int", "let"),
    ("string", "let"),
    ("foreach", "for"),
    ("of", "in"),
    ("then", "{ … }"),
    ("do", "{ … }"),
    ("except", "catch"),
    ("raise", "throw"),
    ("++", "+= 1"),
    ("--", "-= 1"),
    ("===", "=="),
    ("!==", "!="),
    (":=", "="),
    ("#", "//"),
];

/// What is wrong, and what helps, each in Chinese and English.
type Told = (String, String);

/// Why a script could not be parsed.
pub(in crate::script) fn slip(source: &str, error: &ParseError) -> Fault {
    let kind = error.err_type();
    let slip = Slip { source, tokens: Tokens::new(source), span: word_at(source, error.position()) };
    slip.wide().or_else(|| slip.habit(kind)).or_else(|| slip.bracket(kind)).unwrap_or_else(|| match kind {
        ParseErrorType::VariableUndefined(name) => slip.variable(name),
        ParseErrorType::MissingToken(token, _) => slip.missing(token),
        ParseErrorType::BadInput(input) => slip.input(input),
        _ => slip.fault(other(kind)),
    })
}

/// A comment that nothing closes: what stands behind it would not run, in silence.
pub(in crate::script) fn open_comment(source: &str) -> Option<Fault> {
    let span = Tokens::new(source).open_comment?;
    Some(
        Fault::new(span, "脚本有误：注释“/*”没有闭合", "bad script: the comment `/*` is not closed")
            .with_help("在它的末尾写 */", "write */ at its end"),
    )
}

/// A script, its tokens, and the place that the library names.
struct Slip<'a> {
    source: &'a str,
    tokens: Tokens<'a>,
    span: Span,
}

impl<'a> Slip<'a> {
    fn fault(&self, told: Told) -> Fault {
        Fault::new(self.span, format!("脚本有误：{}", told.0), format!("bad script: {}", told.1))
    }

    fn found(&self) -> &'a str {
        self.span.of(self.source)
    }

    /// Marks as they are typed in Chinese.
    fn wide(&self) -> Option<Fault> {
        let found = self.found();
        let narrow: String = found.chars().map(narrow).collect::<Option<Vec<&str>>>()?.concat();
        if found.is_empty() {
            return None;
        }
        Some(self.fault(match narrow.as_str() {
            " " => ("代码里的空格要用半角".to_owned(), "the blank must be half-width in code".to_owned()),
            "\"" => ("代码里的引号要用半角".to_owned(), "quotes must be half-width in code".to_owned()),
            _ => (
                format!("代码里的标点和数字要用半角：“{found}”要写成 {narrow}"),
                format!("marks and digits must be half-width in code: `{found}` is written {narrow}"),
            ),
        }))
    }

    /// What is written in another way in other languages.
    fn habit(&self, kind: &ParseErrorType) -> Option<Fault> {
        let about = match kind {
            ParseErrorType::VariableUndefined(name) if self.tokens.given().contains(&name.as_str()) => return None,
            ParseErrorType::UnknownOperator(word)
            | ParseErrorType::Reserved(word)
            | ParseErrorType::BadInput(LexError::ImproperSymbol(word, _)) => word,
            ParseErrorType::VariableUndefined(_) | ParseErrorType::MissingToken(..) => self.found(),
            _ => return None,
        };
        if about == "?" {
            let told = ("没有“? :”，要写 if … { … } else { … }", "there is no `? :`, write if … { … } else { … }");
            return Some(self.fault((told.0.to_owned(), told.1.to_owned())));
        }
        let (_, right) = HABITS.into_iter().find(|(wrong, _)| *wrong == about)?;
        Some(self.fault((format!("“{about}”在这里写作 {right}"), format!("`{about}` is written {right} here"))))
    }

    /// A bracket that nothing closes, where the script ends before its time, or one that nothing opened.
    fn bracket(&self, kind: &ParseErrorType) -> Option<Fault> {
        if self.span.is_empty() && !matches!(kind, ParseErrorType::BadInput(LexError::UnterminatedString)) {
            let span = self.tokens.unclosed()?;
            let open = span.of(self.source);
            let told = (format!("这个“{open}”没有闭合"), format!("this `{open}` is not closed"));
            return Some(Fault { span, ..self.fault(told) });
        }
        let ends = matches!(kind, ParseErrorType::BadInput(LexError::UnexpectedInput(_)));
        let before = Tokens::new(&self.source[..self.span.start]);
        (ends && matches!(self.found(), ")" | "]" | "}") && before.unclosed().is_none()).then(|| {
            let found = self.found();
            self.fault((format!("这个“{found}”没有对应的左括号"), format!("nothing opens this `{found}`")))
        })
    }

    /// A variable that is not there, or not here.
    fn variable(&self, name: &str) -> Fault {
        let fault = self.fault((format!("没有变量“{name}”"), format!("there is no variable `{name}`")));
        let (before, behind) = self.tokens.around(self.span);
        if behind == ":" && before.is_some_and(|token| token.span.of(self.source) == "{") {
            return fault
                .with_help("映射要写成 #{键: 值}，这里少了 #", "a map is written #{key: value}: the # is missing");
        }
        let given = self.tokens.given();
        if given.contains(&name) {
            return if self.tokens.in_function(self.span.start) {
                fault.with_help(
                    "函数看不到外面的变量，要作为参数传进来",
                    "a function does not see the variables around it: hand it over as an argument",
                )
            } else {
                fault.with_help(
                    "它在别处定义：只在那一对花括号里、定义之后能用",
                    "it is defined elsewhere, and there only behind its `let` and within the same braces",
                )
            };
        }
        // A name of one letter is near to every other.
        let known = given.into_iter().chain(ALWAYS).filter(|_| name.chars().count() > 1);
        fault.meaning(nearest(name, known))
    }

    /// A mark that should stand here.
    fn missing(&self, token: &str) -> Fault {
        let found = self.found();
        if let (";", (Some(before), _)) = (token, self.tokens.around(self.span)) {
            let between = &self.source[before.span.end..self.span.start];
            return if between.contains('\n') {
                let told = ("这后面缺少“;”".to_owned(), "`;` is missing behind this".to_owned());
                Fault { span: before.span, ..self.fault(told) }
            } else {
                self.fault((
                    format!("不该有“{found}”，或者它前面缺少“;”"),
                    format!("unexpected `{found}`, or `;` is missing before it"),
                ))
            };
        }
        let (zh, en) = if token == "," { ("或闭合的括号", " or a closing bracket") } else { ("", "") };
        let fault = self.fault((
            format!("这里要有“{token}”{zh}，却是“{found}”"),
            format!("`{token}`{en} is needed here, not `{found}`"),
        ));
        if token == "{" {
            return fault.with_help(
                "if、while、for 后面的内容要写在花括号里",
                "what follows if, while and for stands in braces",
            );
        }
        fault
    }

    /// Whether something ends behind a mark that wants one more value.
    fn lacks_value(&self) -> bool {
        let (before, _) = self.tokens.around(self.span);
        let wants = |mark: &str| "=+-*/%<>&|!,:([".contains(mark);
        matches!(self.found(), ";" | "," | ")" | "]" | "}")
            && before.is_some_and(|token| wants(token.span.of(self.source)))
    }

    /// What the library can not even read.
    fn input(&self, error: &LexError) -> Fault {
        self.fault(match error {
            LexError::UnexpectedInput(found) if self.lacks_value() => {
                (format!("“{found}”前面缺少一个值"), format!("a value is missing before `{found}`"))
            }
            LexError::UnexpectedInput(found) => (format!("不该有“{found}”"), format!("unexpected `{found}`")),
            LexError::UnterminatedString => ("引号没有闭合".to_owned(), "a string is not closed".to_owned()),
            LexError::ImproperSymbol(symbol, _) if symbol == "=" => {
                ("“=”是赋值，比较要写 ==".to_owned(), "`=` assigns, to compare is written ==".to_owned())
            }
            LexError::ImproperSymbol(word, _) if FORBIDDEN.contains(&word.as_str()) => {
                return self.fault(forbidden(word));
            }
            LexError::ImproperSymbol(symbol, _) => {
                (format!("“{symbol}”不能用在这里"), format!("`{symbol}` can not be used here"))
            }
            LexError::MalformedEscapeSequence(escape) => {
                let fault =
                    self.fault((format!("双引号里没有“{escape}”"), format!("there is no `{escape}` in a string")));
                return fault.with_help(
                    format!("正则写在反引号里（`{escape}`），或写成 \\{escape}"),
                    format!("write patterns in backticks (`{escape}`), or \\{escape}"),
                );
            }
            LexError::MalformedChar(text) => {
                let fault = self.fault((
                    format!("单引号里要有且只有一个字，这里是“{text}”"),
                    format!("one character stands in single quotes, not `{text}`"),
                ));
                return fault.with_help("文字要用双引号", "strings take double quotes");
            }
            LexError::MalformedNumber(number) => (format!("“{number}”不是数"), format!("`{number}` is no number")),
            LexError::MalformedIdentifier(name) => {
                (format!("“{name}”不能作名字"), format!("`{name}` can not be a name"))
            }
            other => (format!("语法有误（{other}）"), other.to_string()),
        })
    }
}

/// How a mark or digit typed in Chinese is written in code; none for what is not typed so.
fn narrow(wide: char) -> Option<&'static str> {
    const ASCII: &str =
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    Some(match wide {
        '\u{ff01}'..='\u{ff5e}' => {
            let at = (wide as usize) - 0xff01;
            &ASCII[at..=at]
        }
        '。' => ".",
        '、' => ",",
        '“' | '”' | '‘' | '’' => "\"",
        '【' => "[",
        '】' => "]",
        '　' => " ",
        '×' => "*",
        '÷' => "/",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "!=",
        '…' => "..",
        '—' => "-",
        _ => return None,
    })
}

fn forbidden(word: &str) -> Told {
    if word == "print" {
        return (
            "没有 print：要看一个值用 debug(x)".to_owned(),
            "there is no `print`: debug(x) shows a value".to_owned(),
        );
    }
    (format!("不能用“{word}”"), format!("`{word}` can not be used in a script"))
}

/// What needs no look at the script.
fn other(kind: &ParseErrorType) -> Told {
    let told = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match kind {
        ParseErrorType::UnexpectedEOF => told("脚本没有写完", "the script ends early"),
        ParseErrorType::AssignmentToConstant(name) => {
            (format!("“{name}”是常量，不能赋值"), format!("`{name}` is a constant and can not be assigned to"))
        }
        ParseErrorType::AssignmentToInvalidLHS(_) => {
            told("等号左边不能赋值", "what stands left of = can not be assigned to")
        }
        ParseErrorType::Reserved(name) if FORBIDDEN.contains(&name.as_str()) => forbidden(name),
        ParseErrorType::Reserved(name) => {
            (format!("“{name}”是保留的词，不能用"), format!("`{name}` is a reserved word"))
        }
        ParseErrorType::UnknownOperator(symbol) => {
            (format!("没有运算符“{symbol}”"), format!("there is no operator `{symbol}`"))
        }
        ParseErrorType::VariableExists(name) | ParseErrorType::DuplicatedVariable(name) => (
            format!("“{name}”已经有了，一个名字在一处只能用一次"),
            format!("`{name}` is there already: a name is given once in a place"),
        ),
        ParseErrorType::DuplicatedProperty(key) => {
            (format!("键“{key}”写了两次"), format!("the key `{key}` is there twice"))
        }
        ParseErrorType::VariableExpected => told(
            "这里要有一个名字，以字母或汉字开头，如 let n = 1、for m in …",
            "a name is needed here, such as let n = 1 or for m in …",
        ),
        ParseErrorType::PropertyExpected => {
            told("这里要有属性或键的名字", "the name of a property or key is needed here")
        }
        ParseErrorType::ExprExpected(_) => told("这里要有一个值", "a value is needed here"),
        ParseErrorType::MissingSymbol(_) => told("这里缺少符号", "a symbol is missing here"),
        ParseErrorType::MalformedIndexExpr(_) => told("方括号里的下标有误", "the index in brackets is bad"),
        ParseErrorType::MalformedCapture(_) => told("“!”不能用在这里", "`!` can not be used here"),
        ParseErrorType::MismatchedType(wanted, given) => mismatch(wanted, given),
        ParseErrorType::FnMissingName => told("函数缺少名字", "the function has no name"),
        ParseErrorType::FnMissingParams(name) => (
            format!("函数“{name}”后面要有括号，如 fn {name}(x) {{ … }}"),
            format!("`{name}` needs brackets, such as fn {name}(x) {{ … }}"),
        ),
        ParseErrorType::FnMissingBody(name) => {
            (format!("函数“{name}”的内容要写在花括号里"), format!("the body of `{name}` stands in braces"))
        }
        ParseErrorType::FnDuplicatedDefinition(name, n) => (
            format!("{n} 个参数的函数“{name}”已经有了"),
            format!("there is a `{name}` with as many parameters already"),
        ),
        ParseErrorType::FnDuplicatedParam(name, param) => {
            (format!("函数“{name}”有两个参数“{param}”"), format!("`{name}` has two parameters `{param}`"))
        }
        ParseErrorType::WrongFnDefinition => {
            told("函数不能写在花括号里，要写在最外层", "a function stands at the top, not within braces")
        }
        ParseErrorType::WrongDocComment => told("“///”只能写在函数前面", "`///` stands before a function only"),
        ParseErrorType::WrongSwitchDefaultCase => told("switch 里 _ 要在最后", "`_` comes last in a switch"),
        ParseErrorType::WrongSwitchIntegerCase => {
            told("switch 里数要在范围前面", "numbers come before ranges in a switch")
        }
        ParseErrorType::WrongSwitchCaseCondition => told("这里不能有条件", "no condition can stand here"),
        ParseErrorType::LiteralTooLarge(..) => told("写出来的文字、数组或映射太大", "what is written out is too large"),
        ParseErrorType::LoopBreak => told("break 和 continue 只能用在循环里", "break outside of a loop"),
        ParseErrorType::ExprTooDeep => {
            let (body, function) = room::DEPTHS;
            (
                format!("嵌套太深，最多 {body} 层，函数里最多 {function} 层"),
                format!("nested too deep: {body} levels at most, {function} in a function"),
            )
        }
        ParseErrorType::TooManyFunctions => {
            (format!("函数超过 {} 个", room::FUNCTIONS), format!("more than {} functions", room::FUNCTIONS))
        }
        other => (format!("语法有误（{other}）"), other.to_string()),
    }
}

/// A value of another kind than its place needs; the library describes both in English.
fn mismatch(wanted: &str, given: &str) -> Told {
    let zh = match wanted {
        _ if wanted.contains("boolean") => "条件要是真假，如 x > 1、x != ()",
        _ if wanted.contains("iterable") => "for 要有数组或范围，如 0..3",
        _ => "这里的值不合适",
    };
    (zh.to_owned(), format!("{wanted} is needed here, not {given}"))
}
