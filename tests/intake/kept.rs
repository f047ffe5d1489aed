//! What keeps its row, its column or its list, though something about it is unusual: each is read and told.

use crate::workbooks::workbook;
use crate::{fresh, fresh_file};
use retake::cost::budget::knob_text;
use retake::cost::{Knob, Line};
use retake::tables::{ParsedList, RowOutcome};
use retake::words;

/// The name and the finals of each deliverable.
fn counts(list: &ParsedList) -> Vec<(String, String)> {
    list.lines().map(|line| (line.title().to_owned(), value(line, Knob::Finals))).collect()
}

fn value(line: &Line, knob: Knob) -> String {
    line.settings.value(knob).map_or_else(String::new, knob_text::write)
}

fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
    wanted.iter().map(|(name, count)| ((*name).to_owned(), (*count).to_owned())).collect()
}

/// Everything that is said of the list and its rows.
fn told(list: &ParsedList) -> String {
    let rows = list.rows.iter().flat_map(|row| row.notes.iter().cloned());
    list.notes.iter().cloned().chain(rows).collect::<Vec<_>>().join(" · ")
}

#[test]
fn blank_columns_and_a_row_that_is_too_wide_leave_the_rest_as_it_is() {
    for blank in [1_022, 16_382] {
        for separator in [",", ";", "\t"] {
            let end = separator.repeat(blank);
            let list = fresh(&format!("Name{separator}Qty{end}\nA{separator}3{end}\nB{separator}4{end}\n"));
            assert_eq!(counts(&list), pairs(&[("A", "3"), ("B", "4")]), "{blank} {separator:?}: {:?}", list.refused);
            assert_eq!((list.refused_rows(), list.columns.len()), (0, 2), "{blank} {separator:?}");
        }
        let rows: String = (0..300).map(|at| format!("A{at},3{}\n", ",".repeat(blank))).collect();
        assert_eq!(fresh(&format!("Name,Qty{}\n{rows}", ",".repeat(blank))).lines().count(), 300, "{blank}");
    }
    let list = fresh(&format!("Name,Qty\nA,3\n{}\nB,4\n", vec!["x"; 1_001].join(",")));
    assert_eq!(counts(&list), pairs(&[("A", "3"), ("B", "4")]), "{:?}", list.refused);
    assert_eq!(list.refused_numbers().collect::<Vec<_>>(), [3]);
    let RowOutcome::Refused(reasons) = &list.rows[1].outcome else { panic!("{list:#?}") };
    assert_eq!(reasons[0].explanation.message, "the row has 1001 cells and the list has 2 columns");
    let titles: Vec<String> = (0..1_100).map(|at| format!("own {at}")).collect();
    let list = fresh(&format!("Name,Qty,{}\nA,3\nB,4\nC,5\n", titles.join(",")));
    assert_eq!((list.lines().count(), list.refused_rows()), (3, 0), "{:?}", list.refused);
    assert!(told(&list).contains("ALM1 is left out: a row is read up to column ALL"), "{}", told(&list));
}

#[test]
fn a_row_without_a_name_goes_on_with_the_one_above_if_it_says_what_its_picture_is_like() {
    for (titles, rows) in [
        ("Channel,Size,Images", ["Instagram,1080x1350,3", ",1080x1920,2", "Web,1024x1024,1"]),
        ("Motiv,Format,Anzahl", ["Instagram,4:5,3", ",9:16,2", "Web,1:1,1"]),
        ("Visuel,Qualité,Quantité", ["Instagram,haute,3", ",basse,2", "Web,haute,1"]),
        ("Producto,Tamaño,Cantidad", ["Instagram,1080x1350,3", ",1080x1920,2", "Web,1024x1024,1"]),
        ("Soggetto,Larghezza,Altezza,Quantità", ["Instagram,1080,1350,3", ",1080,1920,2", "Web,1024,1024,1"]),
        ("商品名,サイズ,枚数", ["Instagram,1080x1350,3", ",1080x1920,2", "Web,1024x1024,1"]),
        ("名称,尺寸,数量", ["Instagram,1080x1350,3", ",1080x1920,2", "Web,1024x1024,1"]),
    ] {
        let list = fresh(&format!("{titles}\n{}\n", rows.join("\n")));
        assert_eq!(counts(&list), pairs(&[("Instagram", "3"), ("Instagram", "2"), ("Web", "1")]), "{list:#?}");
        assert!(told(&list).contains("its name is blank, so the name above is used: Instagram"), "{}", told(&list));
    }
    // A count alone may be a sum, and a heading or a gap ends what stands above.
    for rows in [
        "Instagram,1080x1350,3\n,,2\nWeb,1:1,1\n",
        "Instagram,1080x1350,3\n\n,1080x1920,2\nWeb,1:1,1\n",
        ",1080x1920,2\nWeb,1:1,1\n",
    ] {
        let list = fresh(&format!("Channel,Size,Images\n{rows}"));
        assert_eq!(list.refused_rows(), 1, "{rows}: {list:#?}");
    }
}

#[test]
fn words_that_rank_a_quality_are_read_and_told() {
    for (word, quality) in [
        ("Standard", "medium"),
        ("std", "medium"),
        ("normal", "medium"),
        ("normale", "medium"),
        ("estándar", "medium"),
        ("標準", "medium"),
        ("普通", "medium"),
        ("标准", "medium"),
        ("一般", "medium"),
        ("Standard quality", "medium"),
        ("best", "high"),
        ("premium", "high"),
        ("Hi-Res", "high"),
        ("HD", "high"),
        ("sehr hoch", "high"),
        ("höchste", "high"),
        ("supérieure", "high"),
        ("máxima", "high"),
        ("massima", "high"),
        ("最高", "high"),
        ("高清", "high"),
        ("max", "high"),
    ] {
        for others in ["", "B,4,low\nC,2,high\n"] {
            let list = fresh(&format!("Name,Qty,Quality\nA,3,{word}\n{others}"));
            let read = list.lines().next().map(|line| value(line, Knob::Quality));
            assert_eq!((read.as_deref(), list.refused_rows()), (Some(quality), 0), "{word}: {list:#?}");
            assert!(told(&list).contains(&format!("{word} is read as {quality}")), "{word}: {}", told(&list));
        }
    }
}

#[test]
fn words_that_rank_something_else_are_no_quality() {
    for title in ["Shipping", "Priority", "Versand", "配送"] {
        let list = fresh(&format!("Name,Qty,{title}\nA,3,standard\nB,4,premium\nC,2,normal\n"));
        assert!(list.lines().all(|line| value(line, Knob::Quality).is_empty()), "{title}: {list:#?}");
    }
}

#[test]
fn a_number_with_one_possible_reading_is_read_so_and_told() {
    for (titles, row, knob, read) in [
        ("Name;Menge;Faktor", "A;3;1.250", Knob::Retry, "1.25"),
        ("Name,Qty,Retry", "A,3,\"1,250\"", Knob::Retry, "1.25"),
        ("Nom;Quantité;Facteur", "A;3;1.600x", Knob::Retry, "1.6"),
        ("Nombre;Cantidad;Intentos", "A;3;x 2.500", Knob::Retry, "2.5"),
        ("Nome;Quantità;Fattore", "A;3;1.125", Knob::Retry, "1.125"),
        ("商品名;枚数;係数", "A;3;1.250", Knob::Retry, "1.25"),
        ("名称;数量;系数", "A;3;1.250", Knob::Retry, "1.25"),
        ("Name;Menge;Annahmequote", "A;3;40.125 %", Knob::Retry, "40.125%"),
        ("Name;Menge;Puffer", "A;3;12.500 %", Knob::Buffer, "12.5%"),
        ("Name;Menge;Faktor", "A;1,200;1,5", Knob::Finals, "1200"),
        ("Name;Menge;Faktor", "A;2,500;1,5", Knob::Finals, "2500"),
    ] {
        let list = fresh(&format!("{titles}\n{row}\n"));
        let held = list.lines().next().map(|line| value(line, knob));
        assert_eq!((held.as_deref(), list.refused_rows()), (Some(read), 0), "{titles} {row}: {list:#?}");
        assert!(told(&list).contains("is read as"), "{row}: {}", told(&list));
    }
    // Both readings are possible.
    for row in ["A;1,000;1,5", "A;3;1.000"] {
        let list = fresh(&format!("Name;Menge;Faktor\n{row}\n"));
        assert_eq!((list.lines().count(), list.refused_rows()), (0, 1), "{row}");
    }
}

#[test]
fn titles_of_counts_with_words_for_all_of_them_are_known() {
    for title in [
        "Bilder insgesamt",
        "Gesamtanzahl",
        "Gesamtmenge",
        "Bilderzahl",
        "Anz.",
        "Anz. Motive",
        "Anz. Bilder",
        "Anzahl Motive gesamt",
        "图片总数",
        "总数",
        "总张数",
        "所需张数",
        "总数量",
        "点数合計",
        "枚数合計",
        "合計枚数",
        "総枚数",
        "必要数",
        "必要点数",
        "Pics",
        "Stills",
        "Photo count",
        "No. of pics",
        "Number of deliverables",
        "Total number of images",
        "Images in total",
        "# of photos",
        "Nombre total de visuels",
        "Nb. de photos",
        "Quantité totale",
        "Visuels au total",
        "Nb total",
        "Número de fotos",
        "Número total de imágenes",
        "Cantidad total",
        "Imágenes en total",
        "Numero di foto",
        "Numero totale di immagini",
        "Quantità totale",
        "Immagini in totale",
        "Nr. immagini",
    ] {
        let list = fresh(&format!("Asset,{title}\nHero,4\nTile,6\nDoor,5\n"));
        assert_eq!(counts(&list), pairs(&[("Hero", "4"), ("Tile", "6"), ("Door", "5")]), "{title}: {list:#?}");
        assert!(!list.lost_counts(), "{title}");
    }
    // Texts below the same titles are names.
    for title in ["Stills", "Pics"] {
        let list = fresh(&format!("{title},Qty\nHero,4\nTile,6\n"));
        assert_eq!(counts(&list), pairs(&[("Hero", "4"), ("Tile", "6")]), "{title}: {list:#?}");
    }
}

#[test]
fn a_second_row_of_titles_may_hold_a_width_and_a_height_alone() {
    for (upper, lower) in [
        ("Asset,Size,,Qty", ",W,H,"),
        ("Asset,Qty,Size,", ",,Width,Height"),
        ("Asset,Size (px),,Qty", "Asset,W,H,Qty"),
        ("Asset,Dimensions,Dimensions,Qty", ",Width (px),Height (px),"),
        ("Motiv,Maße,,Anzahl", ",Breite,Höhe,"),
        ("Motiv,Format,,Anzahl", ",B,H,"),
        ("Visuel,Dimensions,,Quantité", ",Largeur,Hauteur,"),
        ("Visuel,Taille,,Quantité", ",L,H,"),
        ("Pieza,Medidas,,Cantidad", ",Ancho,Alto,"),
        ("Soggetto,Dimensioni,,Quantità", ",Larghezza,Altezza,"),
        ("Soggetto,Dimensioni,,Quantità", ",L,H,"),
        ("素材名,サイズ,,枚数", ",幅,高さ,"),
        ("素材名,サイズ,,枚数", ",横,縦,"),
        ("名称,尺寸,,数量", ",宽,高,"),
    ] {
        let order = if upper.contains("Qty,") {
            "Hero,6,1080,1350\nTile,2,1080,1920"
        } else {
            "Hero,1080,1350,6\nTile,1080,1920,2"
        };
        let list = fresh(&format!("{upper}\n{lower}\n{order}\n"));
        let name = |line: &Line| (line.title().to_owned(), value(line, Knob::Finals));
        assert_eq!(
            list.lines().map(name).collect::<Vec<_>>(),
            pairs(&[("Hero", "6"), ("Tile", "2")]),
            "{upper}: {list:#?}"
        );
        assert_eq!(list.refused_rows(), 0, "{upper}");
        assert!(told(&list).contains("asked for 1080×1350"), "{upper}: {}", told(&list));
    }
    let rows: &[&[&str]] = &[
        &["Asset", "Size", "", "Qty"],
        &["", "W", "H", ""],
        &["Hero", "1080", "1350", "6"],
        &["Tile", "1080", "1920", "2"],
    ];
    let list = fresh_file(&workbook(&[("S", rows)]));
    assert_eq!((counts(&list), list.refused_rows()), (pairs(&[("Hero", "6"), ("Tile", "2")]), 0), "{list:#?}");
}

#[test]
fn calls_are_named_by_their_prompt_and_a_dated_model_is_the_model() {
    for title in [
        "output_format",
        "background",
        "Dateiformat",
        "Format de fichier",
        "formato de archivo",
        "出力形式",
        "文件格式",
    ] {
        for model in ["gpt-image-2-2026-04-01", "openai/gpt-image-2", "gpt-image-2-20260401", "gpt-image-2-latest"] {
            let list = fresh(&format!(
                "prompt,model,size,n,{title}\nA red door,{model},1024x1024,2,png\nA blue gate,{model},1024x1024,1,webp\n"
            ));
            assert_eq!(
                counts(&list),
                pairs(&[("A red door", "2"), ("A blue gate", "1")]),
                "{title} {model}: {list:#?}"
            );
            let model = list.lines().next().and_then(|line| line.settings.value(Knob::Model)).map(words::value);
            assert_eq!(model.as_deref(), Some("gpt-image-2"), "{title}");
        }
    }
    let list = fresh("Background,Qty\nForest,2\nCave,3\n");
    assert_eq!(counts(&list), pairs(&[("Forest", "2"), ("Cave", "3")]), "without a prompt it is a name");
}

#[test]
fn a_last_line_of_money_alone_is_no_deliverable() {
    for (titles, last) in [
        ("Deliverable,Qty,Rate per image,Total cost", ",,1080.00,"),
        ("Deliverable,Qty,Rate per image,Total cost", ",,,1080.00"),
        ("Motiv,Anzahl,Einzelpreis,Gesamtpreis", ",,,1080.00"),
        ("Visuel,Quantité,Prix,Montant", ",,90,1080"),
        ("Pieza,Cantidad,Precio,Importe", ",,,1080 €"),
        ("Soggetto,Quantità,Prezzo,Importo", ",,,1080"),
        ("素材名,枚数,単価,金額", ",,,1080円"),
        ("名称,数量,单价,金额", ",,,¥1080"),
    ] {
        let list = fresh(&format!("{titles}\nHero,4,90.00,360.00\nTile,8,90.00,720.00\n{last}\n"));
        if list.refused.is_some() {
            // Two columns of money beside names and counts may be a bill; what names its deliverables is a list.
            assert!(!titles.starts_with("Deliverable"), "{titles}: {list:#?}");
            continue;
        }
        assert_eq!(counts(&list), pairs(&[("Hero", "4"), ("Tile", "8")]), "{titles}: {list:#?}");
        assert_eq!(list.refused_rows(), 0, "{titles}: {list:#?}");
    }
}
