//! Tokens to a tree, by binding power; at most [`NESTING`] levels deep.

use super::lex::{Token, tokens};
use super::{Arithmetic, Expr, Function, Kind, Node, Op};
use crate::fault::Fault;
use gouji_core::text::Span;

/// The deepest nesting; hostile input must not overflow the stack.
const NESTING: usize = 64;

/// The most operators of one expression: a long chain nests to the left as deep as it is long.
const TOKENS: usize = 512;

impl Expr {
    /// Parses an expression as written in a rule. Names are not looked at: see [`Expr::check`].
    ///
    /// # Errors
    /// A fault that points into `source`.
    pub fn parse(source: &str) -> Result<Self, Fault> {
        let tokens = tokens(source)?;
        if tokens.len() > TOKENS {
            return Err(Fault::new(
                Span::new(0, source.len()),
                format!("算式太长，最多 {TOKENS} 个记号"),
                format!("the expression is too long: at most {TOKENS} tokens"),
            ));
        }
        let mut parser = Parser { tokens, at: 0, depth: 0 };
        let node = parser.expression(0)?;
        match parser.peek() {
            (Token::End, _) => Ok(Self { source: source.to_owned(), node }),
            (token, span) => Err(unexpected(token, *span)),
        }
    }
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    at: usize,
    depth: usize,
}

/// What stands between two operands.
enum Infix {
    Or,
    And,
    Compare(Op),
    Within,
    Arithmetic(Arithmetic),
}

impl Infix {
    /// How tightly it binds; higher is tighter.
    fn power(&self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Compare(_) | Self::Within => 4,
            Self::Arithmetic(Arithmetic::Add | Arithmetic::Subtract) => 5,
            Self::Arithmetic(_) => 6,
        }
    }
}

/// How tightly `not` binds: looser than a comparison, tighter than `and`.
const NOT: u8 = 3;
/// How tightly a leading minus binds.
const MINUS: u8 = 7;

impl Parser {
    fn peek(&self) -> &(Token, Span) {
        // The last token is End, and next() never goes past it.
        &self.tokens[self.at]
    }

    fn next(&mut self) -> (Token, Span) {
        let token = self.tokens[self.at].clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn expression(&mut self, least: u8) -> Result<Node, Fault> {
        self.depth += 1;
        if self.depth > NESTING {
            let span = self.peek().1;
            return Err(Fault::new(
                span,
                format!("嵌套太深，最多 {NESTING} 层"),
                format!("nested too deep: at most {NESTING} levels"),
            ));
        }
        let mut left = self.operand()?;
        while let Some(infix) = self.infix() {
            let power = infix.power();
            if power < least {
                break;
            }
            let (_, span) = self.next();
            left = match infix {
                Infix::Or => join(Kind::Or, left, self.expression(power + 1)?),
                Infix::And => join(Kind::And, left, self.expression(power + 1)?),
                Infix::Arithmetic(op) => join(|a, b| Kind::Arithmetic(op, a, b), left, self.expression(power + 1)?),
                Infix::Compare(_) | Infix::Within if matches!(left.kind, Kind::Compare(..) | Kind::Within(..)) => {
                    return Err(Fault::new(span, "比较不能连写", "comparisons can not be chained")
                        .with_help("写成“甲 == 乙 and 乙 == 丙”", "write `a == b and b == c`"));
                }
                Infix::Compare(op) => join(|a, b| Kind::Compare(op, a, b), left, self.expression(power + 1)?),
                Infix::Within => {
                    let low = self.expression(power + 1)?;
                    self.expect("..")?;
                    let high = self.expression(power + 1)?;
                    let span = left.span.cover(high.span);
                    Node { kind: Kind::Within(Box::new(left), Box::new(low), Box::new(high)), span }
                }
            };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn infix(&self) -> Option<Infix> {
        Some(match &self.peek().0 {
            Token::Word(word) => match word.as_str() {
                "or" => Infix::Or,
                "and" => Infix::And,
                "in" => Infix::Within,
                _ => return None,
            },
            Token::Mark(mark) => match *mark {
                "==" => Infix::Compare(Op::Eq),
                "!=" => Infix::Compare(Op::Ne),
                "<" => Infix::Compare(Op::Lt),
                "<=" => Infix::Compare(Op::Le),
                ">" => Infix::Compare(Op::Gt),
                ">=" => Infix::Compare(Op::Ge),
                "+" => Infix::Arithmetic(Arithmetic::Add),
                "-" => Infix::Arithmetic(Arithmetic::Subtract),
                "*" => Infix::Arithmetic(Arithmetic::Multiply),
                "/" => Infix::Arithmetic(Arithmetic::Divide),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn operand(&mut self) -> Result<Node, Fault> {
        let (token, span) = self.next();
        let kind = match token {
            Token::Number(number) => Kind::Number(number),
            Token::Text(text) => Kind::Text(text),
            Token::Mark("-") => {
                let inner = self.expression(MINUS)?;
                let span = span.cover(inner.span);
                return Ok(Node { kind: Kind::Negate(Box::new(inner)), span });
            }
            Token::Mark("(") => {
                let inner = self.expression(0)?;
                let close = self.expect(")")?;
                return Ok(Node { kind: inner.kind, span: span.cover(close) });
            }
            Token::Word(word) if word == "not" => {
                let inner = self.expression(NOT)?;
                let span = span.cover(inner.span);
                return Ok(Node { kind: Kind::Not(Box::new(inner)), span });
            }
            Token::Word(word) if self.peek().0 == Token::Mark("(") => return self.call(&word, span),
            Token::Word(word) if !matches!(word.as_str(), "and" | "or" | "in") => Kind::Name(word),
            token => return Err(unexpected(&token, span)),
        };
        Ok(Node { kind, span })
    }

    fn call(&mut self, word: &str, span: Span) -> Result<Node, Fault> {
        let Some(function) = Function::ALL.into_iter().find(|function| function.word() == word) else {
            return Err(Fault::new(span, format!("没有函数“{word}”"), format!("there is no function `{word}`"))
                .expecting(word, Function::ALL.map(Function::word)));
        };
        self.expect("(")?;
        let mut args = Vec::new();
        while self.peek().0 != Token::Mark(")") {
            if !args.is_empty() {
                self.expect(",")?;
            }
            args.push(self.expression(0)?);
        }
        let close = self.expect(")")?;
        let span = span.cover(close);
        let (fits, wanted) = match function {
            Function::Round => (args.len() == 2, "2"),
            Function::Sum | Function::Min | Function::Max => (!args.is_empty(), "≥1"),
            _ => (args.len() == 1, "1"),
        };
        if !fits {
            return Err(Fault::new(
                span,
                format!("{word}() 要 {wanted} 个参数，这里有 {} 个", args.len()),
                format!("{word}() takes {wanted} arguments, not {}", args.len()),
            ));
        }
        let name_only = matches!(function, Function::Count | Function::Blank | Function::Found);
        if name_only && !matches!(args[0].kind, Kind::Name(_)) {
            return Err(Fault::new(
                args[0].span,
                format!("{word}() 里只能写一个名字"),
                format!("{word}() takes a name"),
            ));
        }
        Ok(Node { kind: Kind::Call(function, args), span })
    }

    fn expect(&mut self, mark: &'static str) -> Result<Span, Fault> {
        let (token, span) = self.next();
        if token == Token::Mark(mark) {
            return Ok(span);
        }
        Err(match token {
            Token::End => Fault::new(
                span,
                format!("算式没有写完，缺“{mark}”"),
                format!("the expression ends early: `{mark}` is missing"),
            ),
            _ => Fault::new(span, format!("这里缺“{mark}”"), format!("`{mark}` is missing here")),
        })
    }
}

fn join(kind: impl FnOnce(Box<Node>, Box<Node>) -> Kind, left: Node, right: Node) -> Node {
    let span = left.span.cover(right.span);
    Node { kind: kind(Box::new(left), Box::new(right)), span }
}

fn unexpected(token: &Token, span: Span) -> Fault {
    match token {
        Token::End => Fault::new(span, "算式没有写完", "the expression ends early"),
        Token::Mark(mark) => Fault::new(span, format!("“{mark}”不该在这里"), format!("unexpected `{mark}`")),
        Token::Word(word) => {
            Fault::new(span, format!("“{word}”前面缺运算符"), format!("an operator is missing before `{word}`"))
        }
        Token::Number(_) | Token::Text(_) => Fault::new(span, "这里缺运算符", "an operator is missing here"),
    }
}
