//! How QGIS shows an exported layer: our colours, the name beside each record, headings and words
//! for coded values.

use super::{ColumnKind, Layer, xml};

/// The style of a layer as QML.
pub(super) fn qml(layer: &Layer, geometry_type: &str) -> String {
    let symbol = match geometry_type {
        "POINT" => include_str!("point.qml"),
        _ => include_str!("outline.qml"),
    };
    symbol
        .replace("{labels}", &labels(layer))
        .replace("{fields}", &fields(layer))
        .replace("{aliases}", &aliases(layer))
}

/// The name beside each record, where there is one.
fn labels(layer: &Layer) -> String {
    let named = layer.columns.iter().find(|column| column.key == "name");
    let text = || layer.columns.iter().find(|c| c.kind == ColumnKind::Text);
    let Some(column) = named.or_else(text) else {
        return String::new();
    };
    include_str!("labels.qml").replace("{field}", &xml::escaped(&column.key))
}

/// Words for coded values, as QGIS offers them in forms and shows them in tables.
fn fields(layer: &Layer) -> String {
    let coded = layer.columns.iter().filter(|c| !c.labels.is_empty());
    let fields = coded.map(|column| {
        let options = column.labels.iter().map(|(value, label)| {
            let (value, label) = (xml::escaped(value), xml::escaped(label));
            format!(
                "<Option type=\"Map\"><Option type=\"QString\" name=\"{label}\" value=\"{value}\"/></Option>"
            )
        });
        format!(
            "<field name=\"{}\" configurationFlags=\"None\"><editWidget type=\"ValueMap\"><config>\
             <Option type=\"Map\"><Option type=\"List\" name=\"map\">{}</Option></Option>\
             </config></editWidget></field>\n",
            xml::escaped(&column.key),
            options.collect::<String>()
        )
    });
    fields.collect()
}

fn aliases(layer: &Layer) -> String {
    // Field 0 is `fid`.
    let numbered = layer.columns.iter().zip(1..);
    let aliases = numbered.map(|(column, index)| {
        let (key, heading) = (xml::escaped(&column.key), xml::escaped(&column.heading));
        format!("<alias field=\"{key}\" index=\"{index}\" name=\"{heading}\"/>\n")
    });
    aliases.collect()
}
