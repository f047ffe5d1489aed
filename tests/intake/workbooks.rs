//! Workbooks that are built here part by part.

/// A ZIP archive of these parts, deflated. `claimed` is the unpacked size that it claims of the last part instead of the real one.
pub(crate) fn archive(parts: &[(&str, &[u8])], claimed: Option<u32>) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let number = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    for (at, (name, content)) in parts.iter().enumerate() {
        let packed = miniz_oxide::deflate::compress_to_vec(content, 6);
        let real = u32::try_from(content.len()).unwrap();
        let size = claimed.filter(|_| at + 1 == parts.len()).unwrap_or(real);
        let mut sizes = vec![0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        sizes.extend(number(packed.len()));
        sizes.extend(size.to_le_bytes());
        sizes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        sizes.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0\x14\0");
        directory.extend(&sizes);
        directory.extend([0; 10]);
        directory.extend(number(out.len()));
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04\x14\0");
        out.extend(&sizes);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let at = out.len();
    out.extend(&directory);
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend(number(directory.len()));
    out.extend(number(at));
    out.extend([0, 0]);
    out
}

/// The name of a sheet, and its rows of cells.
pub(crate) type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

/// A workbook with these sheets.
pub(crate) fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let numbered = || sheets.iter().zip(1..);
    let tab = |((name, _), n): (&Sheet<'_>, usize)| format!("<sheet name=\"{name}\" r:id=\"r{n}\"/>");
    let link =
        |(_, n): (&Sheet<'_>, usize)| format!("<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"s{n}.xml\"/>");
    let book = format!("<workbook><sheets>{}</sheets></workbook>", numbered().map(tab).collect::<String>());
    let links = format!("<Relationships>{}</Relationships>", numbered().map(link).collect::<String>());
    let cell = |cell: &&str| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>");
    let row = |cells: &&[&str]| format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
    let part = |((_, rows), n): (&Sheet<'_>, usize)| {
        let rows: String = rows.iter().map(row).collect();
        (format!("xl/s{n}.xml"), format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))
    };
    let own: Vec<(String, String)> = numbered().map(part).collect();
    let root =
        r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#;
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
    ];
    parts.extend(own.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    archive(&parts, None)
}
