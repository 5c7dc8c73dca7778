//! From SQL to a [`Condition`]: names looked up, values read as the field has them.

use super::like::Pattern;
use super::{Comparison, Condition, FilterError, Operand};
use crate::catalogue::{Folded, Source};
use crate::formats::exchange::{Cell, ColumnKind};
use crate::jobs::export::cells::{Codes, NONE, codes_of, kind};
use crate::jobs::export::names::Names;
use crate::model::{Coded, Exclusion, Field, Kind};
use sqlparser::ast::{BinaryOperator, Expr, InTarget, UnaryOperator, Value};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

/// Longer than anybody types, and short enough for a chain of conditions to fit on the stack.
const LONGEST: usize = 4_000;

/// # Errors
/// [`FilterError`].
pub(super) fn condition(text: &str, names: &Names) -> Result<Condition, FilterError> {
    if text.chars().count() > LONGEST {
        return Err(FilterError::TooLong { most: LONGEST });
    }
    let syntax = |error: sqlparser::parser::ParserError| FilterError::Syntax {
        reason: error.to_string().replace("sql parser error: ", ""),
    };
    let dialect = GenericDialect {};
    let mut parser = Parser::new(&dialect).try_with_sql(text).map_err(syntax)?;
    let expression = parser.parse_expr().map_err(syntax)?;
    match parser.peek_token().token {
        Token::EOF => Compiler { names }.condition(&expression),
        rest => Err(FilterError::NotUnderstood {
            part: rest.to_string(),
        }),
    }
}

struct Compiler<'a> {
    names: &'a Names<'a>,
}

/// One side of a comparison, before the other is known.
enum Side {
    Of(Source, String),
    Text(String),
    /// As it was written.
    Number(String),
    Flag(bool),
    Null,
}

impl Compiler<'_> {
    fn condition(&self, expression: &Expr) -> Result<Condition, FilterError> {
        let not = |negated: bool, condition: Condition| match negated {
            true => Condition::Not(Box::new(condition)),
            false => condition,
        };
        let is = |part: &Expr, wanted| {
            let part = Box::new(self.condition(part)?);
            Ok(Condition::Is(part, wanted))
        };
        Ok(match expression {
            Expr::Nested(inner) => self.condition(inner)?,
            Expr::BinaryOp { op, .. } if *op == BinaryOperator::And => {
                Condition::All(self.chain(expression, op)?)
            }
            Expr::BinaryOp { op, .. } if *op == BinaryOperator::Or => {
                Condition::Any(self.chain(expression, op)?)
            }
            Expr::BinaryOp { left, op, right } => {
                let Some(comparison) = comparison(op) else {
                    return Err(not_understood(expression));
                };
                self.compare(left, comparison, right, expression)?
            }
            Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr,
            } => not(true, self.condition(expr)?),
            Expr::IsNull(of) => Condition::IsNull(self.source(of)?.0),
            Expr::IsNotNull(of) => not(true, Condition::IsNull(self.source(of)?.0)),
            Expr::IsTrue(part) => is(part, Some(true))?,
            Expr::IsNotTrue(part) => not(true, is(part, Some(true))?),
            Expr::IsFalse(part) => is(part, Some(false))?,
            Expr::IsNotFalse(part) => not(true, is(part, Some(false))?),
            Expr::IsUnknown(part) => is(part, None)?,
            Expr::IsNotUnknown(part) => not(true, is(part, None)?),
            Expr::In {
                expr,
                target: InTarget::List(values),
                negated,
                global: false,
            } => not(*negated, self.among(expr, values, expression)?),
            Expr::Between {
                expr,
                negated,
                low,
                high,
            } => not(
                *negated,
                Condition::All(vec![
                    self.compare(expr, Comparison::AtLeast, low, expression)?,
                    self.compare(expr, Comparison::AtMost, high, expression)?,
                ]),
            ),
            Expr::Like {
                negated,
                any: false,
                expr,
                pattern,
                escape_char,
            }
            | Expr::ILike {
                negated,
                any: false,
                expr,
                pattern,
                escape_char,
            } => {
                let pattern = self.pattern(pattern, escape_char.as_deref(), expression)?;
                not(*negated, Condition::Like(self.source(expr)?.0, pattern))
            }
            Expr::Value(_) => match self.side(expression)? {
                Side::Flag(value) => Condition::Constant(value),
                _ => return Err(no_condition(expression)),
            },
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                let (source, _) = self.source(expression)?;
                match kind(&source) {
                    ColumnKind::Flag => Condition::Flag(source),
                    _ => return Err(no_condition(expression)),
                }
            }
            _ => return Err(not_understood(expression)),
        })
    }

    /// The parts of `a AND b AND c`, which parses as a tower leaning to the left.
    fn chain(&self, tower: &Expr, joint: &BinaryOperator) -> Result<Vec<Condition>, FilterError> {
        let mut parts = Vec::new();
        let mut rest = tower;
        while let Expr::BinaryOp { left, op, right } = rest
            && op == joint
        {
            parts.push(self.condition(right)?);
            rest = left;
        }
        parts.push(self.condition(rest)?);
        parts.reverse();
        Ok(parts)
    }

    fn compare(
        &self,
        left: &Expr,
        comparison: Comparison,
        right: &Expr,
        whole: &Expr,
    ) -> Result<Condition, FilterError> {
        let operands = match (self.side(left)?, self.side(right)?) {
            (Side::Null, _) | (_, Side::Null) => {
                let part = whole.to_string();
                return Err(FilterError::WithNull { part });
            }
            (Side::Of(source, name), Side::Of(other, other_name)) => {
                ordered(&source, &name, comparison)?;
                ordered(&other, &other_name, comparison)?;
                if !is_alike(kind(&source), kind(&other)) {
                    return Err(FilterError::WrongValue {
                        name,
                        value: other_name,
                    });
                }
                (Operand::Of(source), Operand::Of(other))
            }
            (Side::Of(source, name), value) => {
                ordered(&source, &name, comparison)?;
                let value = self.value(&source, &name, value)?;
                (Operand::Of(source), Operand::Given(value))
            }
            (value, Side::Of(source, name)) => {
                ordered(&source, &name, comparison)?;
                let value = self.value(&source, &name, value)?;
                (Operand::Given(value), Operand::Of(source))
            }
            // 1 = 1 and the like ask nothing of a record.
            _ => return Err(not_understood(whole)),
        };
        Ok(Condition::Compare(operands.0, comparison, operands.1))
    }

    fn among(&self, of: &Expr, values: &[Expr], whole: &Expr) -> Result<Condition, FilterError> {
        let (source, name) = self.source(of)?;
        let values = values.iter().map(|value| match self.side(value)? {
            Side::Null => Err(FilterError::WithNull {
                part: whole.to_string(),
            }),
            Side::Of(..) => Err(not_understood(whole)),
            value => self.value(&source, &name, value),
        });
        let values = values.collect::<Result<_, _>>()?;
        Ok(Condition::In(source, values))
    }

    fn pattern(
        &self,
        pattern: &Expr,
        escape: Option<&Expr>,
        whole: &Expr,
    ) -> Result<Pattern, FilterError> {
        let text = |expression: &Expr| match self.side(expression)? {
            Side::Text(text) => Ok(text),
            _ => Err(not_understood(whole)),
        };
        let escape = escape.map(text).transpose()?;
        let escape = match escape
            .as_deref()
            .map(|text| text.chars().collect::<Vec<_>>())
        {
            None => None,
            Some(chars) if chars.len() == 1 => Some(chars[0]),
            Some(_) => return Err(not_understood(whole)),
        };
        Ok(Pattern::new(&text(pattern)?, escape))
    }

    fn source(&self, expression: &Expr) -> Result<(Source, String), FilterError> {
        match self.side(expression)? {
            Side::Of(source, name) => Ok((source, name)),
            _ => Err(not_understood(expression)),
        }
    }

    fn side(&self, expression: &Expr) -> Result<Side, FilterError> {
        let name = match expression {
            Expr::Nested(inner) => return self.side(inner),
            Expr::Identifier(name) => name.value.clone(),
            Expr::CompoundIdentifier(parts) => {
                let parts: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
                parts.join(".")
            }
            Expr::Value(value) => return literal(&value.value, expression),
            Expr::UnaryOp { op, expr } => {
                let sign = match op {
                    UnaryOperator::Minus => "-",
                    UnaryOperator::Plus => "",
                    _ => return Err(not_understood(expression)),
                };
                return match self.side(expr)? {
                    Side::Number(number) => Ok(Side::Number(format!("{sign}{number}"))),
                    _ => Err(not_understood(expression)),
                };
            }
            _ => return Err(not_understood(expression)),
        };
        match self.names.find(&name) {
            Some(source) => Ok(Side::Of(source, name)),
            None => Err(FilterError::UnknownName {
                nearest: self.names.nearest(&name),
                name,
            }),
        }
    }

    /// A value as the cells of `source` have it.
    fn value(
        &self,
        source: &Source,
        name: &str,
        value: Side,
    ) -> Result<Cell<'static>, FilterError> {
        let text = match &value {
            Side::Text(text) | Side::Number(text) => text.clone(),
            Side::Flag(flag) => flag.to_string(),
            Side::Null | Side::Of(..) => String::new(),
        };
        let wrong = || FilterError::WrongValue {
            name: name.to_owned(),
            value: text.clone(),
        };
        if let Some(codes) = codes_of(source) {
            return self.coded(source, &codes, name, &text);
        }
        match (kind(source), value) {
            (ColumnKind::Text | ColumnKind::Texts, Side::Text(_) | Side::Number(_)) => {
                Ok(Cell::Text(text.into()))
            }
            (
                ColumnKind::Whole | ColumnKind::Year | ColumnKind::Decimal,
                Side::Text(_) | Side::Number(_),
            ) => {
                let number = text.trim().parse::<f64>().ok();
                number.map(Cell::Decimal).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }

    /// A coded value by its key, or by a word that lists have for it.
    fn coded(
        &self,
        source: &Source,
        codes: &Codes,
        name: &str,
        text: &str,
    ) -> Result<Cell<'static>, FilterError> {
        let words = self.names.words();
        let unknown = || self.unknown_code(codes, name, text);
        let folded = Folded::of(text);
        let field = match source {
            Source::Field(field) => Some(*field),
            _ => None,
        };
        if field.is_some_and(|field| field.kind() == Kind::Flag) {
            let flag = words.flag(&folded).map(Cell::Flag);
            return flag.ok_or_else(unknown);
        }
        if codes.domain == Exclusion::DOMAIN && words.is_no_exclusion(&folded) {
            return Ok(Cell::Text("".into()));
        }
        let is_key = |key: &&&str| **key != NONE && key.eq_ignore_ascii_case(text.trim());
        let key = codes.keys.iter().find(is_key).map(|key| (*key).to_owned());
        let key = key
            .or_else(|| words.code(codes.domain, &folded).map(str::to_owned))
            .or_else(|| {
                let mut keys = codes.keys.iter();
                let found = keys.find(|key| self.names.word(codes, key) == text.trim());
                found.map(|key| (*key).to_owned())
            })
            .ok_or_else(unknown)?;
        match field {
            // Gaps stand as degrees, so that `>=` means "at least so bad".
            Some(Field::Gap(_)) => Ok(Cell::Whole(key.parse().unwrap_or_default())),
            _ => Ok(Cell::Text(key.into())),
        }
    }

    fn unknown_code(&self, codes: &Codes, name: &str, value: &str) -> FilterError {
        let pair = |key: &&str| ((*key).to_owned(), self.names.word(codes, key));
        FilterError::UnknownCode {
            name: name.to_owned(),
            value: value.to_owned(),
            known: codes.keys.iter().map(pair).collect(),
        }
    }
}

fn literal(value: &Value, whole: &Expr) -> Result<Side, FilterError> {
    match value {
        Value::Number(number, _) => Ok(Side::Number(number.clone())),
        Value::SingleQuotedString(text) => Ok(Side::Text(text.clone())),
        Value::Boolean(flag) => Ok(Side::Flag(*flag)),
        Value::Null => Ok(Side::Null),
        _ => Err(not_understood(whole)),
    }
}

fn comparison(operator: &BinaryOperator) -> Option<Comparison> {
    Some(match operator {
        BinaryOperator::Eq => Comparison::Equal,
        BinaryOperator::NotEq => Comparison::Unequal,
        BinaryOperator::Lt => Comparison::Less,
        BinaryOperator::LtEq => Comparison::AtMost,
        BinaryOperator::Gt => Comparison::Greater,
        BinaryOperator::GtEq => Comparison::AtLeast,
        _ => return None,
    })
}

/// Lists are only equal or unequal.
fn ordered(source: &Source, name: &str, comparison: Comparison) -> Result<(), FilterError> {
    let is_list = kind(source) == ColumnKind::Texts;
    let has_order = !matches!(comparison, Comparison::Equal | Comparison::Unequal);
    match is_list && has_order {
        true => Err(FilterError::IsList {
            name: name.to_owned(),
        }),
        false => Ok(()),
    }
}

/// Whether values of the two kinds can be held against each other.
fn is_alike(one: ColumnKind, other: ColumnKind) -> bool {
    let class = |kind| match kind {
        ColumnKind::Whole | ColumnKind::Year | ColumnKind::Decimal => 0,
        ColumnKind::Text => 1,
        ColumnKind::Flag => 2,
        ColumnKind::Texts => 3,
    };
    // Of two lists nobody can say what "equal" should mean.
    class(one) == class(other) && one != ColumnKind::Texts
        || (class(one).min(class(other)), class(one).max(class(other))) == (1, 3)
}

fn not_understood(expression: &Expr) -> FilterError {
    FilterError::NotUnderstood {
        part: expression.to_string(),
    }
}

fn no_condition(expression: &Expr) -> FilterError {
    FilterError::NoCondition {
        part: expression.to_string(),
    }
}
