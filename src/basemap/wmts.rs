//! What a WMTS offers, from its capabilities: layers that can be added as sources, and those that
//! cannot, each with the reason.
//!
//! A [`super::Lattice`] has one corner and one factor between levels, so a tile matrix set serves
//! where its matrices halve from a common corner, in a coordinate system that the program knows.

mod matrices;

use super::template::{FoundToken, extract_token};
use super::{Keeping, Source, SourceId, SourceKind, TokenName, WmtsGrid};
use matrices::Set;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

/// Longer documents are no capabilities.
const MOST_BYTES: usize = 16 << 20;
/// Formats that can be shown, the best first; Tianditu calls its own `tiles`.
const FORMATS: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/webp",
    "tiles",
    "image/png8",
];

/// What one WMTS offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Offers {
    /// As the service calls itself; may be empty.
    pub title: String,
    /// What was in the address that the document came from.
    pub token: Option<FoundToken>,
    pub offers: Vec<Offer>,
}

/// One layer in one tile matrix set.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// As the service calls the layer.
    pub title: String,
    pub layer: String,
    pub style: String,
    pub format: String,
    pub matrix_set: String,
    /// The source to add, without an identifier of its own yet, or why there is none.
    pub source: Result<Source, Unsuitable>,
}

/// Why a layer cannot be shown.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unsuitable {
    #[error("coordinate system {crs}")]
    UnknownCrs { crs: String },
    /// The scales do not halve from one matrix to the next.
    #[error("matrices do not halve")]
    NotHalving,
    /// Matrices begin at different corners, or their tiles are not square.
    #[error("matrices differ")]
    NotOneGrid,
    #[error("formats {formats}")]
    NoPicture { formats: String },
    /// Neither an address with placeholders nor one for GetTile.
    #[error("no address")]
    NoAddress,
    /// The set that the layer names is not in the document.
    #[error("no tile matrix set")]
    NoMatrices,
}

/// Why a document says nothing of layers.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CapabilitiesError {
    #[error("more than {} MB", MOST_BYTES >> 20)]
    TooLarge,
    #[error("no XML: {detail}")]
    NotXml { detail: String },
    /// XML, but of something else; `found` is its first element.
    #[error("no capabilities but {found}")]
    NotCapabilities { found: String },
    /// The service answers with a complaint of its own, about the token as a rule.
    #[error("the service says: {text}")]
    Refused { text: String },
}

/// Reads a capabilities document that came from `address`. A token in it is taken out.
///
/// # Errors
/// [`CapabilitiesError`] where it is none.
pub fn offers(document: &str, address: &str) -> Result<Offers, CapabilitiesError> {
    if document.len() > MOST_BYTES {
        return Err(CapabilitiesError::TooLarge);
    }
    // roxmltree resolves no external entity, and limits what those inside may grow to.
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let parsed = Document::parse_with_options(document, options);
    let parsed = parsed.map_err(|error| CapabilitiesError::NotXml {
        detail: error.to_string(),
    })?;
    let root = parsed.root_element();
    match root.tag_name().name() {
        "Capabilities" => {}
        "ExceptionReport" | "ServiceExceptionReport" => {
            let texts = root.descendants().filter(Node::is_text);
            let words = texts.filter_map(|node| node.text());
            let text = words.map(str::trim).collect::<Vec<_>>().join(" ");
            return Err(CapabilitiesError::Refused {
                text: text.trim().to_owned(),
            });
        }
        other => {
            return Err(CapabilitiesError::NotCapabilities {
                found: other.to_owned(),
            });
        }
    }
    let Some(contents) = child(root, "Contents") else {
        return Err(CapabilitiesError::NotCapabilities {
            found: "Capabilities".to_owned(),
        });
    };
    let service = child(root, "ServiceIdentification").or_else(|| child(root, "ServiceProvider"));
    let title = service.map_or("", |service| text_of(service, "Title"));
    let sets: BTreeMap<&str, Result<Set, Unsuitable>> = children(contents, "TileMatrixSet")
        .map(|set| (text_of(set, "Identifier"), Set::of(set)))
        .collect();
    let get_tile = get_tile_address(root, address);
    let mut offers = Vec::new();
    for layer in children(contents, "Layer") {
        let style = children(layer, "Style")
            .max_by_key(|style| style.attribute("isDefault") == Some("true"))
            .map_or("", |style| text_of(style, "Identifier"));
        let formats: Vec<_> = children(layer, "Format").map(own_text).collect();
        let known = FORMATS.iter().find(|known| formats.contains(known));
        for link in children(layer, "TileMatrixSetLink") {
            let matrix_set = text_of(link, "TileMatrixSet");
            let named = Named {
                layer: text_of(layer, "Identifier"),
                style,
                format: known.copied().unwrap_or_default(),
                matrix_set,
            };
            let source = match (known, sets.get(matrix_set)) {
                (None, _) => Err(Unsuitable::NoPicture {
                    formats: formats.join(", "),
                }),
                (_, None) => Err(Unsuitable::NoMatrices),
                (_, Some(Err(unsuitable))) => Err(unsuitable.clone()),
                (_, Some(Ok(set))) => match named.url(layer, get_tile.as_deref()) {
                    Some(url) => Ok(source(layer, title, set.limited(link), &url)),
                    None => Err(Unsuitable::NoAddress),
                },
            };
            let own_title = text_of(layer, "Title");
            offers.push(Offer {
                title: match own_title.is_empty() {
                    true => named.layer.to_owned(),
                    false => own_title.to_owned(),
                },
                layer: named.layer.to_owned(),
                style: style.to_owned(),
                format: named.format.to_owned(),
                matrix_set: matrix_set.to_owned(),
                source,
            });
        }
    }
    Ok(Offers {
        title: title.to_owned(),
        token: extract_token(address).1,
        offers,
    })
}

/// What a tile is asked for with.
struct Named<'a> {
    layer: &'a str,
    style: &'a str,
    format: &'a str,
    matrix_set: &'a str,
}

impl Named<'_> {
    /// The template of its tiles: the service's own, else one for GetTile.
    fn url(&self, layer: Node, get_tile: Option<&str>) -> Option<String> {
        let of_tiles = |node: &Node| node.attribute("resourceType") == Some("tile");
        let mut templates: Vec<_> = children(layer, "ResourceURL").filter(of_tiles).collect();
        templates.sort_by_key(|node| node.attribute("format") != Some(self.format));
        let own = templates.iter().find_map(|node| {
            let template = node.attribute("template")?;
            let filled = template
                .replace("{Style}", &escaped(self.style))
                .replace("{style}", &escaped(self.style))
                .replace("{TileMatrixSet}", &escaped(self.matrix_set))
                .replace("{Layer}", &escaped(self.layer));
            let rest = ["{TileMatrix}", "{TileRow}", "{TileCol}"]
                .iter()
                .fold(filled.clone(), |rest, name| rest.replace(name, ""));
            // Whatever is left is a dimension, such as a time, that nobody gives.
            (!rest.contains('{')).then_some(filled)
        });
        own.or_else(|| {
            let address = get_tile?;
            let joint = match (address.contains('?'), address.ends_with(['?', '&'])) {
                (false, _) => "?",
                (true, false) => "&",
                (true, true) => "",
            };
            let [layer, style, format, set] =
                [self.layer, self.style, self.format, self.matrix_set].map(escaped);
            Some(format!(
                "{address}{joint}SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}\
                 &STYLE={style}&FORMAT={format}&TILEMATRIXSET={set}\
                 &TILEMATRIX={{TileMatrix}}&TILEROW={{TileRow}}&TILECOL={{TileCol}}"
            ))
        })
    }
}

fn source(layer: Node, service: &str, set: Set, url: &str) -> Source {
    let (url, token) = extract_token(url);
    let title = text_of(layer, "Title");
    Source {
        id: SourceId(String::new()),
        name: match title.is_empty() {
            true => text_of(layer, "Identifier").to_owned(),
            false => title.to_owned(),
        },
        datum: set.crs.datum(),
        levels: set.levels(),
        attribution: service.to_owned(),
        attribution_url: String::new(),
        keeping: Keeping::Unknown,
        token: (token.is_some() || url.contains("{token}")).then(|| TokenName::of_url(&url)),
        kind: SourceKind::Wmts {
            url,
            subdomains: Vec::new(),
            grid: WmtsGrid {
                crs: set.crs,
                top_left: set.top_left,
                side: set.side,
                size: set.size(),
                tile_px: set.tile_px,
                matrices: set.names,
            },
        },
    }
}

/// The address that GetTile is asked at by key and value: as the document says, else the one that
/// the document came from. A token of that one stays in.
fn get_tile_address(root: Node, came_from: &str) -> Option<String> {
    let operation = root
        .descendants()
        .find(|node| is(node, "Operation") && node.attribute("name") == Some("GetTile"));
    let gets: Vec<_> = operation
        .into_iter()
        .flat_map(|operation| operation.descendants())
        .filter(|node| is(node, "Get"))
        .collect();
    let by_key = |get: &&Node| get.descendants().any(|node| own_text(node) == "KVP");
    let get = gets.iter().find(by_key).or_else(|| {
        let unsaid = |get: &&Node| !get.descendants().any(|node| own_text(node) == "RESTful");
        gets.iter().find(unsaid)
    });
    let href = get.and_then(|get| get.attributes().find(|it| it.name() == "href"));
    let said = href.map(|href| href.value().trim().to_owned());
    let base = came_from
        .split_once('?')
        .map_or(came_from, |(base, _)| base);
    let fallback = (gets.is_empty() && base.starts_with("http")).then(|| base.to_owned());
    let address = said.or(fallback)?;
    match extract_token(came_from).1 {
        // Tianditu's document names its address without the token that it asks for.
        Some(token) if extract_token(&address).1.is_none() => {
            let joint = if address.contains('?') { "&" } else { "?" };
            let joint = if address.ends_with(['?', '&']) {
                ""
            } else {
                joint
            };
            Some(format!("{address}{joint}{}={}&", token.key, token.value))
        }
        _ => Some(address),
    }
}

/// As part of an address; colons and slashes stay as they are.
fn escaped(text: &str) -> String {
    use std::fmt::Write;
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            true => escaped.push(char::from(byte)),
            // Writing into a string cannot fail.
            false => _ = write!(escaped, "%{byte:02X}"),
        }
    }
    escaped
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| is(child, name))
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// Whichever namespace it is in: services differ.
fn is(node: &Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The text of the first child of this name; empty where there is none.
fn text_of<'a>(node: Node<'a, '_>, name: &'a str) -> &'a str {
    child(node, name).map_or("", own_text)
}

fn own_text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

#[cfg(test)]
mod wmts_tests;
