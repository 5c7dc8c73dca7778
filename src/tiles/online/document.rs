//! A text from the network, such as a service's description of itself.

use super::reader::{agent, refusal, trouble};
use super::{OnlineTrouble, Patience};

/// Larger descriptions are none.
const MOST_BYTES: u64 = 32 << 20;

/// Fetches a text. Blocks for as long as `patience` has it.
///
/// # Errors
/// [`OnlineTrouble`]; `token` is in none of its texts.
pub fn fetch_text(
    url: &str,
    token: Option<&str>,
    patience: Patience,
) -> Result<String, OnlineTrouble> {
    let told = |error: ureq::Error| trouble(&error, token);
    let mut answer = agent(patience).get(url).call().map_err(told)?;
    match answer.status().as_u16() {
        200..=299 => {
            let body = answer.body_mut().with_config().limit(MOST_BYTES);
            body.read_to_string().map_err(told)
        }
        status => Err(refusal(status)),
    }
}
