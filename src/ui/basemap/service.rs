//! A WMTS being asked what it offers, on a thread of its own: it may take its time.

use crate::basemap::SourceId;
use crate::basemap::template::extract_token;
use crate::basemap::wmts::{self, CapabilitiesFault, Offered};
use crate::tiles::online::{OnlineTrouble, Patience, fetch_text};
use crate::ui::pending::{Answer, Pending};
use egui::Context;

/// How far the question is.
pub enum Service {
    Asked(Pending<Offer>),
    Offers {
        layers: Vec<Offered>,
        /// What the description was asked for with.
        token: Option<String>,
    },
    Failed(ServiceFault),
}

/// What came of it.
pub type Offer = Result<(Vec<Offered>, Option<String>), ServiceFault>;

#[derive(Clone, Debug, PartialEq)]
pub enum ServiceFault {
    Online(OnlineTrouble),
    Capabilities(CapabilitiesFault),
    /// The system gives no thread.
    NoThread,
}

impl Service {
    pub fn ask(url: String, context: &Context) -> Self {
        match Pending::start("jiugai service", context, move || answer(&url)) {
            Ok(pending) => Self::Asked(pending),
            Err(_) => Self::Failed(ServiceFault::NoThread),
        }
    }

    /// Takes in the answer, once there is one.
    pub fn receive(&mut self) {
        let Self::Asked(pending) = self else {
            return;
        };
        *self = match pending.poll() {
            Answer::Here(Ok((layers, token))) => Self::Offers { layers, token },
            Answer::Here(Err(fault)) => Self::Failed(fault),
            Answer::UnderWay => return,
            Answer::Lost => Self::Failed(ServiceFault::NoThread),
        };
    }
}

fn answer(url: &str) -> Offer {
    let token = extract_token(url).1.map(|found| found.value);
    let url = capabilities_url(url);
    let text = fetch_text(&url, token.as_deref(), Patience::default());
    let text = text.map_err(ServiceFault::Online)?;
    let id = |_| SourceId(uuid::Uuid::new_v4().to_string());
    let layers = wmts::read(&text, &url, id).map_err(ServiceFault::Capabilities)?;
    Ok((layers, token))
}

/// The address of the description: as given, or with the question that services answer.
fn capabilities_url(url: &str) -> String {
    let lower = url.to_ascii_lowercase();
    if lower.contains("getcapabilities") || lower.contains("capabilities.xml") {
        return url.to_owned();
    }
    let joint = match url.contains('?') {
        true if url.ends_with(['?', '&']) => "",
        true => "&",
        false => "?",
    };
    format!("{url}{joint}SERVICE=WMTS&REQUEST=GetCapabilities&VERSION=1.0.0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_asked_for_its_description_whichever_part_was_pasted() {
        let question = "SERVICE=WMTS&REQUEST=GetCapabilities&VERSION=1.0.0";
        for (pasted, asked) in [
            ("http://a/wmts", format!("http://a/wmts?{question}")),
            ("http://a/wmts?", format!("http://a/wmts?{question}")),
            (
                "http://a/wmts?tk=1",
                format!("http://a/wmts?tk=1&{question}"),
            ),
            (
                "http://a/1.0.0/WMTSCapabilities.xml",
                "http://a/1.0.0/WMTSCapabilities.xml".to_owned(),
            ),
        ] {
            assert_eq!(capabilities_url(pasted), asked);
        }
    }
}
