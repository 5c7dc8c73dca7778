//! Tokens: found in what is pasted, kept out of everything that is told.

use std::fmt;
use std::fmt::Write;

/// What services call them in their addresses, in lower case.
const KEYS: &[&str] = &[
    "tk",
    "token",
    "key",
    "ak",
    "apikey",
    "api_key",
    "access_token",
    "accesstoken",
];

/// A token that was in an address. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundToken {
    /// What the service calls it: `tk`.
    pub key: String,
    pub value: String,
}

impl fmt::Debug for FoundToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=…", self.key)
    }
}

/// An address with `{token}` where a token was, and the token.
pub fn extract_token(url: &str) -> (String, Option<FoundToken>) {
    let Some((base, query)) = url.split_once('?') else {
        return (url.to_owned(), None);
    };
    let mut found = None;
    let parts = query.split('&').map(|part| {
        let Some((key, value)) = part.split_once('=') else {
            return part.to_owned();
        };
        let is_token = KEYS.contains(&key.to_ascii_lowercase().as_str());
        let is_filled = !value.is_empty() && !value.contains(['{', '<']);
        if !is_token || !is_filled || found.is_some() {
            return part.to_owned();
        }
        found = Some(FoundToken {
            key: key.to_owned(),
            value: unescaped(value),
        });
        format!("{key}={{token}}")
    });
    let query = parts.collect::<Vec<_>>().join("&");
    (format!("{base}?{query}"), found)
}

/// A text without the token that may be in it, such as an error that repeats an address.
pub fn redacted(text: &str, token: Option<&str>) -> String {
    match token {
        Some(token) if !token.is_empty() => text
            .replace(token, "…")
            .replace(&escaped(token), "…")
            // Addresses are told with a host in lower case.
            .replace(&token.to_lowercase(), "…"),
        _ => text.to_owned(),
    }
}

/// As a value in an address. A colon stays: matrices are called `EPSG:3857:4`.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            true => escaped.push(char::from(byte)),
            // Writing into a string cannot fail.
            false => _ = write!(escaped, "%{byte:02X}"),
        }
    }
    escaped
}

/// What was escaped, where that is sound text; else as it is.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_token_is_taken_out_and_told_apart_from_a_place_for_one() {
        let pasted = "https://t0.tianditu.gov.cn/vec_w/wmts?T=vec&tk=0123%2Babc&x={x}";
        let (url, token) = extract_token(pasted);
        assert_eq!(
            url,
            "https://t0.tianditu.gov.cn/vec_w/wmts?T=vec&tk={token}&x={x}"
        );
        let token = token.unwrap();
        assert_eq!(
            (token.key.as_str(), token.value.as_str()),
            ("tk", "0123+abc")
        );
        assert_eq!(format!("{token:?}"), "tk=…");
        for plain in [
            "http://a/{z}/{x}/{y}?tk={token}",
            "http://a/{z}?tk=<your key>",
            "http://a/?tk=",
            "http://a/tk=1",
        ] {
            assert_eq!(extract_token(plain), (plain.to_owned(), None));
        }
    }

    #[test]
    fn a_token_is_taken_out_of_a_text() {
        let text = "http://a/?tk=secret: refused";
        assert_eq!(redacted(text, Some("secret")), "http://a/?tk=…: refused");
        assert_eq!(redacted("tk=se%20cret", Some("se cret")), "tk=…");
        assert_eq!(redacted(text, Some("")), text);
    }
}
