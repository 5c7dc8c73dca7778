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

/// Every text of a document, with its left and right end.
fn texts(document: &Document) -> Vec<(String, f32, f32)> {
    let Ok(pages) = flow::set(document, &Progress::default()) else {
        panic!("the document was not set");
    };
    let letters = &pages.letters;
    let text = |mark: &mark::Mark| match mark {
        mark::Mark::Text { at, text, size, .. } => {
            Some((text.clone(), at[0], at[0] + letters.width(text, *size)))
        }
        _ => None,
    };
    pages.pages.iter().flatten().filter_map(text).collect()
}

#[test]
fn nothing_reaches_over_the_edge_and_no_word_is_broken() {
    let long = "非常长的小区名称".repeat(12);
    let mut document = long_table(3);
    document.title = long.clone();
    document.blocks.insert(
        0,
        Block::Title {
            text: long.clone(),
            below: vec![long.clone()],
        },
    );
    document.blocks.push(Block::heading(1, long.clone()));
    document.blocks.push(Block::Bars(Bars {
        title: long.clone(),
        rows: vec![Bar {
            label: long.clone(),
            parts: vec![(Ink::ACCENT, 10.0), (Ink::BAD, 5.0)],
            figure: long.clone(),
        }],
        ..Bars::default()
    }));
    document.blocks.push(Block::Table(Table {
        columns: vec![
            Column::left("Batch", 0.2),
            Column::left("A heading", 3.0),
            Column::right("Figure", 0.1),
        ],
        rows: vec![Row::plain([
            Cell::from("implementation"),
            Cell::from(long),
            Cell::from("1,803,780.5"),
        ])],
        headed: Headed::Yes,
    }));
    let texts = texts(&document);
    for (text, left, right) in &texts {
        assert!(*left >= flow::LEFT - 0.1, "{text} begins at {left}");
        assert!(*right <= flow::RIGHT + 0.1, "{text} ends at {right}");
    }
    for word in ["implementation", "1,803,780.5", "Figure"] {
        assert!(texts.iter().any(|(text, ..)| text == word), "{word}");
    }
}

#[test]
fn a_sum_never_stands_alone_on_a_page() {
    for rows in 20..60 {
        let mut document = long_table(rows);
        if let Block::Table(table) = &mut document.blocks[2] {
            table.rows.push(Row::sum([Cell::from("合计"), "9".into()]));
        }
        let Ok(pages) = flow::set(&document, &Progress::default()) else {
            panic!("the document was not set");
        };
        let has = |page: &[mark::Mark], wanted: &str| {
            page.iter()
                .any(|mark| matches!(mark, mark::Mark::Text { text, .. } if text == wanted))
        };
        let page = pages.pages.iter().find(|page| has(page, "合计")).unwrap();
        assert!(has(page, &format!("第{rows}号小区")), "{rows} rows");
    }
}
