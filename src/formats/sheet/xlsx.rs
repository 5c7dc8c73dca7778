//! How many texts an .xlsx says that it shares: the reader of sheets makes room for so many before
//! it has seen one.

use super::damaged;
use crate::formats::layer::LayerErrorKind;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{BufReader, Cursor};

/// The fewest bytes of a text: `<si/>`.
const SHORTEST: u64 = 5;

/// # Errors
/// Where more texts are told than there is room for in the file, or it is damaged.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), LayerErrorKind> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(damaged)?;
        let name = String::from_utf8_lossy(file.name_raw()).to_lowercase();
        if !name.ends_with("sharedstrings.xml") {
            continue;
        }
        let told = texts_told(Reader::from_reader(BufReader::new(file)));
        // Counted, because the size that a zip file tells may be a lie as well.
        let mut file = archive.by_index(index).map_err(damaged)?;
        let length = std::io::copy(&mut file, &mut std::io::sink()).map_err(damaged)?;
        let most = length / SHORTEST;
        if told > most {
            return Err(damaged(format!("{told} > {most} shared texts")));
        }
    }
    Ok(())
}

/// What the outermost element says; 0 where it says nothing that is a number.
fn texts_told(mut xml: Reader<impl std::io::BufRead>) -> u64 {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.local_name().as_ref() == b"sst" => {
                let mut attributes = element.attributes();
                attributes.with_checks(false);
                let counts = attributes.flatten();
                let counts = counts.filter(|it| it.key.local_name().as_ref() == b"uniqueCount");
                let numbers =
                    counts.filter_map(|it| std::str::from_utf8(&it.value).ok()?.parse().ok());
                return numbers.max().unwrap_or_default();
            }
            // What is no XML, the reader of sheets complains about.
            Ok(Event::Eof) | Err(_) => return 0,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_texts_is_read_wherever_it_stands() {
        for (xml, told) in [
            (
                "<?xml version='1.0'?><!-- a --><x:sst count='9' uniqueCount=\"7\"><si/>",
                7,
            ),
            ("<sst count='9'>", 0),
            ("<sst uniqueCount='many'>", 0),
            ("no XML", 0),
        ] {
            assert_eq!(
                texts_told(Reader::from_reader(xml.as_bytes())),
                told,
                "{xml}"
            );
        }
    }
}
