//! A text from the network, such as a service's description of itself.

use super::reader::trouble;
use super::{OnlineTrouble, Patience};
use ureq::Agent;

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
    let agent: Agent = Agent::config_builder()
        .timeout_connect(Some(patience.connect))
        .timeout_global(Some(patience.whole))
        .user_agent(super::reader::USER_AGENT)
        .build()
        .into();
    let answer = agent.get(url).call().and_then(|mut answer| {
        let body = answer.body_mut().with_config().limit(MOST_BYTES);
        body.read_to_string()
    });
    answer.map_err(|error| match error {
        ureq::Error::StatusCode(status) => OnlineTrouble::Refused { status },
        error => trouble(&error, token),
    })
}
