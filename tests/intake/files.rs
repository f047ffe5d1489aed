//! Files that are no plain text: workbooks built here part by part, what is refused, and how little that takes.

use crate::workbooks::{archive, workbook};
use crate::{catalog, fresh_file};
use retake::cost::base::limits::UNPACKED_BYTES_MAX;
use retake::cost::{Budget, Knob, Value};
use retake::tables::{ParsedList, RowOutcome, read_file};
use std::time::{Duration, Instant};

const ROOT: &str =
    r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#;
const LINKS: &str = r#"<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/s.xml"/>
    <Relationship Id="t" Type="x/sharedStrings" Target="texts.xml"/><Relationship Id="f" Type="x/styles" Target="styles.xml"/>
    <Relationship Id="m" Type="y/vbaProject" Target="vbaProject.bin"/></Relationships>"#;
const BOOK: &str =
    r#"<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="S" r:id="s"/></x:sheets></x:workbook>"#;

/// The parts of a workbook with one sheet, which is the last of them.
fn parts<'a>(texts: &'a str, styles: &'a str, sheet: &'a [u8]) -> Vec<(&'a str, &'a [u8])> {
    vec![
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/texts.xml", texts.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/vbaProject.bin", b"\0macro"),
        ("xl/worksheets/s.xml", sheet),
    ]
}

fn book(sheet: &str) -> Vec<u8> {
    let texts = "<sst><si><t>Name</t></si><si><t>Qty</t></si>\
        <si><r><t>Hero</t></r><r><t xml:space=\"preserve\"> &amp; sons</t></r><rPh><t>reading</t></rPh></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"0%\"/></numFmts>\
        <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/>\
        <xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let sheet = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
    archive(&parts(texts, styles, sheet.as_bytes()), None)
}

/// What is said of a row.
fn said(list: &ParsedList, number: usize) -> String {
    let row = list.rows.iter().find(|row| row.number == number).unwrap();
    let outcome = match &row.outcome {
        RowOutcome::Parsed(line) => format!("{:?}", line.settings.value(Knob::Finals)),
        RowOutcome::Skipped(why) => why.clone(),
        RowOutcome::Refused(reasons) => reasons.iter().map(|reason| reason.explanation.message.clone()).collect(),
    };
    format!("{} · {outcome} · {}", row.name, row.notes.join(" · "))
}

const TITLES: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";

#[test]
fn a_workbook_is_read_by_row_and_column_and_its_macros_are_not_run() {
    let bytes = book(&format!(
        "{TITLES}<row r=\"4\"><c r=\"A4\" t=\"s\"><v>2</v></c><c r=\"B4\"><f>SUM(1,2)</f><v>3</v></c></row>\
         <row r=\"5\"><c r=\"A5\" t=\"str\"><f>\"T\"</f><v>Tile</v></c><c r=\"B5\" t=\"e\"><v>#REF!</v></c></row>\
         <row r=\"6\"><c r=\"A6\" t=\"inlineStr\"><is><t>Door</t></is></c><c r=\"B6\" s=\"2\"><v>46357</v></c></row>\
         <row><c t=\"inlineStr\"><is><t>Gate_x000D_</t></is></c><c><v>1.0E1</v></c></row>"
    ));
    let list = fresh_file(&bytes);
    assert_eq!(list.notes[0], "The workbook has macros, which are not run");
    assert_eq!(list.title_row, Some(1));
    assert_eq!(said(&list, 4), "Hero & sons · Some(Count(3)) · ");
    assert!(said(&list, 5).contains("#REF!") && said(&list, 5).ends_with("B5 holds the spreadsheet's error #REF!"));
    assert!(said(&list, 6).contains("2026-12-01"), "{}", said(&list, 6));
    assert_eq!(said(&list, 7), "Gate · Some(Count(10)) · ");
}

#[test]
fn a_cell_far_to_the_right_is_named_and_the_rest_is_read() {
    let list = fresh_file(&book(&format!(
        "{TITLES}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><v>3</v></c><c r=\"XFD2\"><v>1</v></c></row>\
         <row r=\"3\"><c r=\"ALM3\"><v>1</v></c><c r=\"XFD3\"><v>1</v></c></row>\
         <row r=\"4\"><c r=\"A4\" t=\"s\"><v>2</v></c><c r=\"B4\"><v>4</v></c></row>"
    )));
    let left_out = |cell: &str| format!("{cell} is left out: a row is read up to column ALL");
    assert_eq!(said(&list, 2), format!("Hero & sons · Some(Count(3)) · {}", left_out("XFD2")));
    assert!(said(&list, 4).starts_with("Hero & sons · Some(Count(4))"));
    assert!(list.notes.contains(&left_out("ALM3")), "{:?}", list.notes);
    assert_eq!((list.refused_rows(), list.columns.len()), (0, 2));
}

/// A formula that was never computed is not 0: its row stays out, and across so does its deliverable alone.
#[test]
fn a_formula_without_a_result_keeps_out_what_it_counts() {
    let row = |row: usize, cells: &[&str]| {
        let cell = |(at, cell): (usize, &&str)| {
            let name = format!("{}{row}", ["A", "B", "C"][at]);
            match cell.strip_prefix('=') {
                Some(formula) => format!("<c r=\"{name}\"><f>{formula}</f></c>"),
                None if cell.parse::<u32>().is_ok() => format!("<c r=\"{name}\"><v>{cell}</v></c>"),
                None => format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            }
        };
        format!("<row r=\"{row}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
    };
    let sheet =
        |rows: &[&[&str]]| book(&rows.iter().enumerate().map(|(at, cells)| row(at + 1, cells)).collect::<String>());
    let lost = |cell: &str| {
        format!("{cell} holds a formula without a stored result: open the file in a spreadsheet and save it")
    };
    let list = fresh_file(&sheet(&[
        &["Name", "Qty", "Size"],
        &["Door", "=A1", "1024x1024"],
        &["Gate", "2", "=B2"],
        &["Lamp", "3"],
    ]));
    assert_eq!(said(&list, 2), format!("Door · {} · ", lost("B2")));
    assert_eq!(said(&list, 3), format!("Gate · {} · ", lost("C3")));
    assert_eq!((said(&list, 4).as_str(), list.refused_rows()), ("Lamp · Some(Count(3)) · ", 2));
    let unused = fresh_file(&sheet(&[&["Name", "Qty", "Cost"], &["Door", "4", "=B2*2"]]));
    assert_eq!(said(&unused, 2), format!("Door · Some(Count(4)) · {}", lost("C2")));
    let all = fresh_file(&sheet(&[&["Name", "Qty"], &["Door", "=A1"], &["Gate", "=A2"]]));
    assert_eq!((all.lines().count(), all.refused_rows()), (0, 2));
    let across = fresh_file(&sheet(&[
        &["Name", "Jan", "Feb"],
        &["Door", "4", "=B2"],
        &["Gate", "=B2", "=C2"],
        &["Lamp", "1", "2"],
    ]));
    assert_eq!((across.lines().count(), across.refused_rows()), (3, 2), "{:#?}", across.rows);
}

#[test]
fn a_sheet_can_be_named_and_the_first_visible_one_with_content_is_read_without() {
    let links: String =
        (1..=3).map(|n| format!("<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"s{n}.xml\"/>")).collect();
    let links = format!("<Relationships>{links}</Relationships>");
    let workbook = "<workbook><sheets><sheet name=\"Old\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"Empty\" r:id=\"r2\"/>\
        <sheet name=\"Shots\" r:id=\"r3\"/></sheets></workbook>";
    let of = |name: &str| {
        format!(
            "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>Name</t></is></c></row>\
             <row r=\"2\"><c t=\"inlineStr\"><is><t>{name}</t></is></c></row></sheetData></worksheet>"
        )
    };
    let (old, shots) = (of("Old tile"), of("New tile"));
    let bytes = archive(
        &[
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", links.as_bytes()),
            ("xl/s1.xml", old.as_bytes()),
            ("xl/s2.xml", b"<worksheet><sheetData/></worksheet>"),
            ("xl/s3.xml", shots.as_bytes()),
        ],
        None,
    );
    let list = fresh_file(&bytes);
    assert_eq!(
        (list.notes[0].as_str(), list.rows[0].name.as_str()),
        ("The sheet Shots is read; the workbook also has Old, Empty", "New tile")
    );
    let read = |sheet: &str| read_file(&bytes, Some(sheet), &Budget::default(), catalog());
    assert_eq!(read("old").rows[0].name, "Old tile");
    let refused = read("Shot").refused.unwrap();
    assert_eq!((refused.message.as_str(), refused.allowed.as_str()), ("there is no sheet Shot", "Old, Empty, Shots"));
    let text = read_file(b"Name,Qty\nTile,3\n", Some("Shots"), &Budget::default(), catalog());
    assert_eq!(text.refused.unwrap().message, "the file has no sheets: it is plain text");
}

#[test]
fn a_cover_sheet_gives_way_to_the_sheet_with_titles() {
    let links: String =
        (1..=2).map(|n| format!("<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"s{n}.xml\"/>")).collect();
    let links = format!("<Relationships>{links}</Relationships>");
    let workbook =
        "<workbook><sheets><sheet name=\"Cover\" r:id=\"r1\"/><sheet name=\"Shots\" r:id=\"r2\"/></sheets></workbook>";
    let sheet = |rows: &[&[&str]]| {
        let row = |cells: &&[&str]| {
            let cells: String =
                cells.iter().map(|cell| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")).collect();
            format!("<row>{cells}</row>")
        };
        format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.iter().map(row).collect::<String>())
    };
    let cover = sheet(&[&["Spring campaign"], &["Client", "A shop"], &["Version", "3"]]);
    let list = sheet(&[&["Name", "Qty", "Ratio"], &["Door", "2", "1:1"]]);
    let of = |first: &str, second: &str| {
        let parts = [
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", links.as_bytes()),
            ("xl/s1.xml", first.as_bytes()),
            ("xl/s2.xml", second.as_bytes()),
        ];
        fresh_file(&archive(&parts, None)).notes[0].clone()
    };
    assert_eq!(of(&cover, &list), "The sheet Shots is read; the workbook also has Cover");
    assert_eq!(of(&list, &list), "The sheet Cover is read; the workbook also has Shots");
    let two = sheet(&[&["Asset", "Qty"], &["Door", "2"]]);
    assert_eq!(of(&cover, &two), "The sheet Shots is read; the workbook also has Cover");
    assert_eq!(of(&cover, &cover), "The sheet Cover is read; the workbook also has Shots");
}

#[test]
fn a_count_without_a_value_is_refused_and_no_heading() {
    for broken in ["<c r=\"B2\"><f>A1+1</f></c>", "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>"] {
        let name = |row: u8| format!("<c r=\"A{row}\" t=\"inlineStr\"><is><t>Row {row}</t></is></c>");
        let rows = format!(
            "{TITLES}<row r=\"2\">{}{broken}</row><row r=\"3\">{}<c r=\"B3\"><v>4</v></c></row>",
            name(2),
            name(3)
        );
        let list = fresh_file(&book(&rows));
        assert_eq!((list.lines().count(), list.refused_rows()), (1, 1), "{broken}: {list:#?}");
        let RowOutcome::Refused(reasons) = &list.rows[0].outcome else { panic!("{list:#?}") };
        let place = list.cell(2, &reasons[0]).unwrap_or_default() + &reasons[0].explanation.message;
        assert!(place.contains("B2"), "{reasons:#?}");
    }
}

#[test]
fn a_text_over_merged_rows_counts_for_each_and_a_number_for_the_first() {
    let cell = |name: &str, value: &str| format!("<c r=\"{name}\"><v>{value}</v></c>");
    let bytes = book(&format!(
        "{TITLES}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c>{}</row><row r=\"3\">{}</row><row r=\"4\">{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:B2\"/><mergeCell ref=\"A1:A9999999\"/></mergeCells><sheetData>",
        cell("B2", "3"),
        cell("B3", "4"),
        cell("B4", "5")
    ));
    let list = fresh_file(&bytes);
    assert!(said(&list, 3).starts_with("Hero & sons · Some(Count(4))"), "{}", said(&list, 3));
    assert!(said(&list, 2).contains("A2:A3 is one merged cell: its text is used for each of its rows"));
    let bytes = book(&format!(
        "{TITLES}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c>{}</row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"B2:B3\"/></mergeCells><sheetData>",
        cell("B2", "3")
    ));
    let list = fresh_file(&bytes);
    let values: Vec<_> = list.lines().map(|line| line.settings.value(Knob::Finals)).collect();
    assert_eq!(values, [Some(&Value::Count(3)), None]);
    assert!(
        said(&list, 2).ends_with("B2:B3 is one merged cell: its value is used for row 2 only"),
        "{}",
        said(&list, 2)
    );
}

/// Every kind of file that is no list, with what is said of it.
#[test]
fn a_file_of_another_kind_is_refused_with_what_it_is() {
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend([0; 512]);
    let old = locked.clone();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let zip = |name: &str, content: &[u8]| archive(&[(name, content)], None);
    let mut encrypted = zip("xl/workbook.xml", b"x");
    let directory = encrypted.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    encrypted[directory + 8] = 1;
    for (bytes, what) in [
        (locked, "protected by a password"),
        (old, "an old .xls workbook"),
        (zip("xl/workbook.bin", b""), "binary workbook"),
        (zip("word/document.xml", b""), "word processor"),
        (zip("Index/Document.iwa", b""), "Numbers"),
        (zip("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (zip("a.txt", b"hello"), "a ZIP archive"),
        (zip("xl/workbook.xml", b"<workbook/>"), "damaged"),
        (b"PK\x03\x04".to_vec(), "damaged"),
        (b"%PDF-1.7".to_vec(), "a PDF"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "a picture"),
        (b"\x1f\x8b\x08".to_vec(), "compressed"),
        (b"<html><table><tr><td>Name".to_vec(), "a web page"),
        (b"\x7fELF\x02\0\0\0\0\0".to_vec(), "unknown kind"),
        (b"{\"deliverables\": []}".to_vec(), "JSON"),
        (b"# ours\nretake = 1\nname = \"x\"\n".to_vec(), "a retake project"),
    ] {
        let refused = fresh_file(&bytes).refused.unwrap();
        assert!(refused.message.contains(what), "{what}: {refused:?}");
        assert!(!refused.remedy.is_empty(), "{what}");
    }
}

/// A megabyte that unpacks to a gigabyte, with its size told and hidden; a sheet of many far cells; a deep nest.
#[test]
fn a_bomb_is_refused_within_a_second() {
    let zeros = vec![b' '; UNPACKED_BYTES_MAX + 1];
    let rows = |count: usize, row: &str| format!("<worksheet><sheetData>{}", row.repeat(count)).into_bytes();
    let far = rows(1, "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>");
    let deep = rows(1, "<row r=\"99999999999\"><c><v>1</v></c></row>");
    let merged = format!(
        "<worksheet><sheetData>{}</sheetData>{}</worksheet>",
        "<row><c><v>1</v></c></row>".repeat(50_000),
        "<mergeCell ref=\"A1:A50000\"/>".repeat(50_000)
    )
    .into_bytes();
    for (sheet, claimed, told) in [
        (&zeros, None, "too large once unpacked"),
        (&zeros, Some(10), "too large once unpacked"),
        (&far, None, "no rows to read"),
        (&deep, None, "too many lines"),
        (&merged, None, "too large once unpacked"),
    ] {
        let bytes = archive(&parts("", "", sheet), claimed);
        let begin = Instant::now();
        let refused = fresh_file(&bytes).refused.unwrap();
        assert!(refused.message.contains(told), "{refused:?}");
        // A debug build on a busy machine takes several times as long as the program does.
        assert!(begin.elapsed() < Duration::from_secs(5), "{told}: {:?}", begin.elapsed());
    }
}

#[test]
fn half_a_pair_and_bytes_that_are_no_characters_are_told_by_cell() {
    let mut bytes = vec![0xff, 0xfe];
    let units: Vec<u16> =
        "Name\tQty\nTile\t3\nH".encode_utf16().chain([0xd83c]).chain("ro\t4\n".encode_utf16()).collect();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    let list = fresh_file(&bytes);
    assert_eq!((list.notes[0].as_str(), list.lines().count()), ("The text is read as UTF-16", 2));
    assert!(said(&list, 3).ends_with("A3 has a character that cannot be read, shown as �"), "{}", said(&list, 3));
}

/// Exports of spend and usage, to their published shapes, and invoices; and lists with money in them.
#[test]
fn a_bill_is_refused_and_a_list_with_prices_is_not() {
    for bill in [
        "start_time,amount_value,amount_currency,line_item\n1,0.31,usd,\"gpt-image-2, output\"\n",
        "start_time_iso,end_time_iso,amount_value,project_id\n,,,\n",
        "BilledCost,BillingCurrency,ChargePeriodStart\n0.2,USD,2026-11-01\n",
        "\u{feff}EffectiveCost,ServiceName,SkuId\r\n0.2,x,y",
        "date,model,spend,prompt_tokens,completion_tokens\n2026-11-01,gpt-image-2,0.2,10,20\n",
        "model;num_model_requests;input_tokens\ngpt-image-2;3;400\n",
        "Invoice 17\n\nLine item,Quantity,Unit price,Amount,Currency\nImages,12,0.2,2.4,USD\n",
        "Position;Betrag;Währung;Einzelpreis\nBilder;3;EUR;1\n",
        "date,deliverable,stage,images,accepted,rejects,paid_by,spend\n2026-11-01,hero,final,4,2,2,api,0.4\n",
        "request_id,model,spend,total_tokens,startTime\nx,gpt-image-2,0.1,9,2026-11-01\n",
        "Date,Description,Amount,Currency\n2026-11-01,Images,20,USD\n",
        "lineItem/UsageAccountId,lineItem/UnblendedCost\n1,0.2\n",
        "Date,CostInBillingCurrency,BillingCurrency\n2026-11-01,0.2,USD\n",
        "Désignation;Quantité;Prix unitaire;Montant HT;TVA\nVisuels;3;20;60;12\n",
        "Rechnungsnr;Leistung;Menge;Einzelpreis;MwSt;Betrag\n1;Bilder;3;20;12;72\n",
        "請求書番号,品名,数量,単価,金額,消費税\n1,画像,3,20,60,6\n",
        "{\"object\":\"page\",\"data\":[{\"results\":[{\"amount\":{\"value\":0.06,\"currency\":\"usd\"}}]}]}",
        "[{\"input_tokens\": 1000, \"num_model_requests\": 5}]",
        "{\"request_id\":\"x\",\"spend\":0.01,\"model\":\"gpt-image-2\"}\n{\"request_id\":\"y\",\"spend\":0.01}\n",
        "{\"id\":\"b\",\"custom_id\":\"r-1\",\"response\":{\"body\":{\"usage\":{\"total_tokens\":9}}}}\n",
        "{\"output\":[{\"type\":\"image_generation_call\",\"size\":\"1024x1024\"}]}",
    ] {
        let refused = fresh_file(bill.as_bytes()).refused.unwrap_or_else(|| panic!("taken for a list: {bill}"));
        assert!(refused.message.starts_with("this is a bill, not a list: "), "{bill}: {}", refused.message);
        assert!(refused.remedy.contains("a later version reads bills with retake actuals import"));
    }
    for list in [
        "Deliverable,Finals,Budget\nHero,4,200\n",
        "Deliverable,Finals,Ratio,Unit price,Cost,Currency\nHero,4,4:5,0.2,0.8,USD\n",
        "Name,Qty,Amount,Currency,Tax\nHero,4,200,USD,20\n",
        "Shot;Anzahl;Kosten\nHero;4;200\n",
        "Item,Qty,Cost\nHero,4,200\n",
        "Asset,Units,Unit price,Cost\nHero,4,1,200\n",
        "Description,Amount\nHero,4\n",
        "Name,Prompt tokens,Finals,Cost\nHero,90,4,200\n",
        "SKU,Product,Amount,Unit\nA1,Lamp,3,pcs\n",
        "Artikel;Einheit;Menge;Kosten;Währung;Einzelpreis\nLampe;St;3;60;EUR;20\n",
        "[draft] Hero,4\n[draft] Tile,5\n",
    ] {
        assert_eq!(fresh_file(list.as_bytes()).refused, None, "{list}");
    }
}

#[test]
fn a_workbook_that_nobody_waits_for_ends_at_its_next_rows() {
    use retake::app::model::list_request::{ListRequest, ListSource};
    use std::cell::Cell;

    let rows: Vec<&[&str]> =
        std::iter::once(&["Asset", "Qty"][..]).chain((0..2000).map(|_| &["Hero", "1"][..])).collect();
    let bytes = workbook(&[("Shots", rows.as_slice())]);
    // Once nobody waits nothing is wanted any more.
    let waits = Cell::new(true);
    let request = ListRequest::new(ListSource::File("shots.xlsx".into()));
    let calls = Cell::new(0);
    let progress = |rows: usize| {
        waits.set(waits.get() && rows < 256);
        calls.set(calls.get() + usize::from(!waits.get()));
        if waits.get() { Ok(()) } else { Err(()) }
    };
    let read = request.read(|_| Ok(bytes.clone()), &retake::cost::Budget::default(), catalog(), &progress);
    assert!(read.is_err());
    assert!(calls.get() <= 2, "asked {} times after the end", calls.get());
}
