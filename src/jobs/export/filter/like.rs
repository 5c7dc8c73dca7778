//! `LIKE`: `%` for any text, `_` for one character, as SQLite has it: ASCII letters are alike
//! whatever their case.

/// A pattern, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Any,
    One,
    Char(char),
}

impl Pattern {
    pub fn new(pattern: &str, escape: Option<char>) -> Self {
        let mut pieces = Vec::new();
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            pieces.push(match c {
                c if Some(c) == escape => Piece::Char(folded(chars.next().unwrap_or(c))),
                '%' => Piece::Any,
                '_' => Piece::One,
                c => Piece::Char(folded(c)),
            });
        }
        Self(pieces)
    }

    /// Whether the whole of `text` fits. No pattern takes more than its length times the text's:
    /// only the last `%` is ever tried again.
    pub fn fits(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().map(folded).collect();
        let (mut at, mut piece) = (0, 0);
        let mut retry = None;
        while at < text.len() {
            let fits = match self.0.get(piece) {
                Some(Piece::Any) => {
                    retry = Some((piece, at));
                    piece += 1;
                    continue;
                }
                Some(Piece::One) => true,
                Some(Piece::Char(c)) => *c == text[at],
                None => false,
            };
            match (fits, retry) {
                (true, _) => (at, piece) = (at + 1, piece + 1),
                (false, Some((any, from))) => {
                    retry = Some((any, from + 1));
                    (at, piece) = (from + 1, any + 1);
                }
                (false, None) => return false,
            }
        }
        self.0[piece..].iter().all(|rest| *rest == Piece::Any)
    }
}

fn folded(c: char) -> char {
    c.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_as_sqlite_has_them() {
        for (pattern, text, fits) in [
            ("洪都%", "洪都新村", true),
            ("%新村", "洪都新村", true),
            ("%都新%", "洪都新村", true),
            ("洪_新村", "洪都新村", true),
            ("洪_村", "洪都新村", false),
            ("", "", true),
            ("%", "", true),
            ("_", "", false),
            ("a%B", "AxxbB", true),
            ("%a%a%a%a%b", &"a".repeat(200), false),
            ("100%", "100 m", true),
        ] {
            assert_eq!(
                Pattern::new(pattern, None).fits(text),
                fits,
                "{pattern} {text}"
            );
        }
        let escaped = Pattern::new(r"100\%", Some('\\'));
        assert!(escaped.fits("100%") && !escaped.fits("100 m"));
    }
}
