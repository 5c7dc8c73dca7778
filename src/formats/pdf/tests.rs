//! Documents set, written and read back.

use super::*;
use lopdf::Object;

pub(super) fn read(pdf: &Pdf) -> (lopdf::Document, String) {
    let file = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    let text = file.extract_text(&pages).unwrap();
    let plain = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    (file, plain)
}

fn long_table(rows: usize) -> Document {
    let row = |index: usize| Row::plain([Cell::from(format!("第{index}号小区")), "1,234".into()]);
    Document {
        title: "表".into(),
        language: "zh-CN".into(),
        footer: "洪都.gpkg".into(),
        furniture: Furniture {
            page: "第 %{page} 页，共 %{pages} 页".into(),
            missing: "缺字：%{signs}".into(),
            ..Furniture::default()
        },
        blocks: vec![
            Block::Contents,
            Block::heading(1, "甲章"),
            Block::Table(Table {
                columns: vec![Column::left("小区名称", 3.0), Column::right("户数", 1.0)],
                rows: (1..=rows).map(row).collect(),
                headed: Headed::Yes,
            }),
            Block::heading(1, "乙章"),
            Block::paragraph("到此为止。"),
        ],
        ..Document::default()
    }
}

fn set(document: &Document) -> Pdf {
    write(document, &Progress::default()).unwrap()
}

#[test]
fn a_long_table_loses_no_row_and_repeats_its_headings() {
    let pdf = set(&long_table(200));
    let (file, text) = read(&pdf);
    assert_eq!(file.get_pages().len(), pdf.pages);
    assert!(pdf.pages > 3, "{}", pdf.pages);
    for index in 1..=200 {
        assert!(text.contains(&format!("第{index}号小区1,234")), "{index}");
    }
    // The last page holds the next chapter at most.
    let heads = text.matches("小区名称户数").count();
    assert!(heads >= pdf.pages - 1, "{heads} of {}", pdf.pages);
    for page in 1..=pdf.pages {
        assert!(text.contains(&format!("第{page}页，共{}页", pdf.pages)));
    }
}

#[test]
fn the_contents_name_the_page_of_each_chapter() {
    let pdf = set(&long_table(200));
    let (_, text) = read(&pdf);
    assert!(text.contains("甲章1"), "{}", &text[..60]);
    assert!(
        text.contains(&format!("乙章{}", pdf.pages)),
        "{}",
        pdf.pages
    );
}

#[test]
fn a_cell_longer_than_a_page_goes_over_whole() {
    let mut document = long_table(1);
    let words: Vec<_> = (0..4_000).map(|word| format!("第{word}句。")).collect();
    if let Block::Table(table) = &mut document.blocks[2] {
        table
            .rows
            .push(Row::plain([Cell::from(words.concat()), "1".into()]));
    }
    let (_, text) = read(&set(&document));
    for word in [0, 1_999, 3_999] {
        assert!(text.contains(&words[word]), "{word}");
    }
}

#[test]
fn the_letters_are_embedded_and_only_those_used() {
    let pdf = set(&long_table(3));
    let (file, _) = read(&pdf);
    let fonts: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has_type(b"FontDescriptor"))
        .collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        let has_file = [b"FontFile2".as_slice(), b"FontFile3"]
            .iter()
            .any(|key| matches!(font.get(key), Ok(Object::Reference(_))));
        assert!(has_file, "{font:?}");
    }
    assert!(pdf.bytes.len() < 200_000, "{} bytes", pdf.bytes.len());
}

#[test]
fn a_sign_that_the_typeface_lacks_is_a_box_and_is_listed() {
    let mut document = long_table(1);
    document.blocks.push(Block::paragraph("龘家巷小区，龘"));
    let pdf = set(&document);
    assert_eq!(pdf.missing, BTreeMap::from([('龘', 2)]));
    let (_, text) = read(&pdf);
    assert!(text.contains("缺字：U+9F98×2"), "{text}");
    assert!(text.contains("家巷小区"), "{text}");
    assert!(set(&long_table(1)).missing.is_empty());
}

#[test]
fn equal_documents_give_equal_bytes() {
    assert_eq!(set(&long_table(40)).bytes, set(&long_table(40)).bytes);
}

#[test]
fn a_stopped_document_is_no_file() {
    let progress = Progress::default();
    progress.cancel();
    let stopped = write(&long_table(1), &progress);
    assert!(matches!(stopped, Err(PdfError::Cancelled(_))));
}
