//! The table beside a shapefile (.dbf): every value as the text it is, so that codes stay codes.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// The values of each shape, in the order of the shapes.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Table {
    pub rows: Vec<Vec<(String, String)>>,
}

struct Column {
    name: String,
    kind: u8,
    start: usize,
    end: usize,
}

/// Bytes of the header, and of the description of a column.
const HEADER: usize = 32;
const DESCRIPTION: usize = 32;
/// What stands where a column's description would begin after the last.
const END_OF_COLUMNS: u8 = 0x0d;

impl Table {
    /// Reads a table as far as it goes; `code_page` is the content of the .cpg beside it.
    /// Rows marked as deleted still count: shapes have no such mark.
    pub fn read(bytes: &[u8], code_page: Option<&[u8]>) -> Self {
        Self::try_read(bytes, code_page).unwrap_or_default()
    }

    fn try_read(bytes: &[u8], code_page: Option<&[u8]>) -> Option<Self> {
        let number = |at: usize| Some(usize::from(u16::from_le_bytes(pair(bytes, at)?)));
        let (body, width) = (number(8)?, number(10)?);
        let records = bytes.get(body..)?;
        let descriptions = bytes.get(HEADER..body)?;
        let encoding = encoding(bytes, code_page);
        let columns = columns(descriptions, width, encoding);
        if width == 0 {
            return None;
        }
        let count = u32::from_le_bytes(
            [pair(bytes, 4)?, pair(bytes, 6)?]
                .concat()
                .try_into()
                .ok()?,
        );
        let rows = records.chunks_exact(width).take(count as usize);
        let rows = rows.map(|record| {
            let cells = columns.iter().map(|column| {
                let value = &record[column.start..column.end];
                (column.name.clone(), text(value, column.kind, encoding))
            });
            cells.collect()
        });
        Some(Self {
            rows: rows.collect(),
        })
    }
}

fn pair(bytes: &[u8], at: usize) -> Option<[u8; 2]> {
    bytes.get(at..at + 2)?.try_into().ok()
}

fn columns(descriptions: &[u8], width: usize, encoding: &'static Encoding) -> Vec<Column> {
    let mut columns = Vec::new();
    // Before the first value stands the mark of deletion.
    let mut start = 1;
    for description in descriptions.chunks_exact(DESCRIPTION) {
        if description[0] == END_OF_COLUMNS {
            break;
        }
        let end = start + usize::from(description[16]);
        if end > width {
            break;
        }
        let name = description[..11].split(|byte| *byte == 0).next();
        columns.push(Column {
            name: encoding
                .decode(name.unwrap_or_default())
                .0
                .trim()
                .to_owned(),
            kind: description[11],
            start,
            end,
        });
        start = end;
    }
    columns
}

fn text(value: &[u8], kind: u8, encoding: &'static Encoding) -> String {
    match (kind, value) {
        // Numbers of FoxPro that are no text.
        (b'I', [a, b, c, d]) => i32::from_le_bytes([*a, *b, *c, *d]).to_string(),
        (b'B' | b'O', value) if value.len() == 8 => {
            let bytes: [u8; 8] = value.try_into().unwrap_or_default();
            f64::from_le_bytes(bytes).to_string()
        }
        // Nobody has said yet.
        (b'L', b"?") => String::new(),
        // References into a file of longer texts, times and pictures.
        (b'M' | b'G' | b'P' | b'T' | b'@' | b'Y' | b'I' | b'B' | b'O', _) => String::new(),
        _ => {
            let value = value.split(|byte| *byte == 0).next().unwrap_or_default();
            let text = encoding.decode_without_bom_handling(value).0;
            text.trim().to_owned()
        }
    }
}

/// As the .cpg says, else as the table's own mark says, else UTF-8 where the whole table is, else
/// GBK, which Chinese programs write without a word.
fn encoding(bytes: &[u8], code_page: Option<&[u8]>) -> &'static Encoding {
    const GBK_MARKS: [u8; 2] = [0x4d, 0x7a];
    let named = code_page.and_then(|label| {
        let label = String::from_utf8_lossy(label);
        let label = label.trim_start_matches('\u{feff}').trim().to_lowercase();
        match label.as_str() {
            "65001" | "utf-8" | "utf8" => Some(UTF_8),
            "936" | "cp936" | "54936" | "gbk" | "gb2312" | "gb18030" => Some(GB18030),
            label => {
                let digits = label.trim_start_matches("ansi").trim();
                Encoding::for_label(label.as_bytes()).or_else(|| {
                    Encoding::for_label(format!("windows-{digits}").as_bytes())
                        .or_else(|| Encoding::for_label(format!("iso-{digits}").as_bytes()))
                })
            }
        }
    });
    let marked = || {
        let mark = bytes.get(29)?;
        GBK_MARKS.contains(mark).then_some(GB18030)
    };
    named.or_else(marked).unwrap_or_else(|| {
        match std::str::from_utf8(bytes.get(HEADER..).unwrap_or_default()) {
            Ok(_) => UTF_8,
            Err(_) if is_cut_utf8(bytes) => UTF_8,
            Err(_) => GB18030,
        }
    })
}

/// Whether the bytes are UTF-8 but for characters that a narrow column cut.
fn is_cut_utf8(bytes: &[u8]) -> bool {
    const WHOLE_FOR_EACH_BROKEN: usize = 4;
    let records = bytes.get(HEADER..).unwrap_or_default();
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in records.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| c.len_utf8() == 3).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * WHOLE_FOR_EACH_BROKEN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_gbk_is_read_without_a_code_page_and_codes_stay_codes() {
        let name = encoding_rs::GB18030.encode("洪都新村").0.into_owned();
        let mut table = vec![3, 0, 0, 0, 1, 0, 0, 0, 97, 0, 33, 0];
        table.resize(32, 0);
        for (heading, kind, length) in [("MC", b'C', 20u8), ("DM", b'N', 12)] {
            let mut column = heading.as_bytes().to_vec();
            column.resize(11, 0);
            column.extend([kind, 0, 0, 0, 0, length]);
            column.resize(32, 0);
            table.extend(column);
        }
        table.push(0x0d);
        table.push(b'*');
        let mut record = name;
        record.resize(20, b' ');
        record.extend(b"036010200100");
        table.extend(record);
        let found = Table::read(&table, None);
        let cell = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            found.rows,
            [vec![cell("MC", "洪都新村"), cell("DM", "036010200100")]]
        );
        let wrong = Table::read(&table, Some(b"UTF-8"));
        assert_ne!(wrong.rows, found.rows);
        assert_eq!(Table::read(&table, Some(b" gbk\n")), found);
    }
}
