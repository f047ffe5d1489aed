//! The meaning of columns: titles that only contain a known word, columns that are dropped, and meanings that a person chooses.

use crate::{catalog, fresh};
use retake::cost::budget::knob_text;
use retake::cost::{Budget, Knob};
use retake::tables::{Choices, ColumnUse, FoundBy, Kind, ParsedList, RowOutcome, Unused, read_with};

const FINALS: Kind = Kind::Knob(Knob::Finals);

fn chosen(text: &str, meanings: &[(usize, Option<Kind>)]) -> ParsedList {
    let mut choices = Choices::default();
    for (column, meaning) in meanings {
        choices.set(*column, *meaning);
    }
    read_with(text, &choices, &Budget::default(), catalog())
}

fn finals(list: &ParsedList) -> Vec<String> {
    list.lines().map(|line| line.settings.value(Knob::Finals).map_or_else(String::new, knob_text::write)).collect()
}

fn uses(list: &ParsedList) -> Vec<ColumnUse> {
    list.columns.iter().map(|column| column.taken).collect()
}

#[test]
fn a_title_that_contains_a_known_word_is_not_taken_for_it() {
    for (title, cells) in [
        ("On model", ["2", "0"]),
        ("Model release", ["yes", "no"]),
        ("Model", ["Anna", "Mia"]),
        ("Price category", ["premium", "entry"]),
        ("Quality check", ["done", "open"]),
        ("Size chart", ["EU", "US"]),
        ("Final approval", ["Mia", "Jo"]),
        ("Format", ["PNG", "JPG"]),
        ("Final", ["yes", "no"]),
        ("Cost centre", ["A-12", "B-07"]),
        ("Budget owner", ["Mia", "Jo"]),
        ("Count me in", ["yes", "no"]),
        ("Number plate", ["B 12", "B 13"]),
        ("Buffer zone", ["left", "right"]),
        ("Reference", ["mood 1", "mood 2"]),
        ("Shape", ["round", "oval"]),
    ] {
        let list = fresh(&format!("Name,{title},Qty\nHero,{},3\nTile,{},4\n", cells[0], cells[1]));
        assert_eq!((finals(&list), list.refused_rows()), (vec!["3".to_owned(), "4".to_owned()], 0), "{title}");
        let taken = list.columns[1].taken;
        assert!(
            matches!(taken, ColumnUse::Unused(_)) && taken != ColumnUse::Unused(Unused::Price),
            "{title}: {taken:?}"
        );
    }
}

#[test]
fn totals_beside_their_parts_are_the_finals() {
    for (text, counts) in [
        ("Asset,Images,Locales,Total images\nA,3,4,12\nB,2,1,2\n", ["12", "2"]),
        ("Asset,Images,Total images\nA,3,2\nB,2,4\n", ["3", "2"]),
    ] {
        let list = fresh(text);
        assert_eq!((finals(&list), list.rows.len()), (counts.map(str::to_owned).to_vec(), 2), "{text}{list:#?}");
    }
}

#[test]
fn a_count_by_any_of_its_names_is_the_finals() {
    for title in [
        "n",
        "variants",
        "qty",
        "Quantity",
        "pcs",
        "#",
        "count",
        "Total images",
        "Images needed",
        "No. of shots",
        "Total",
        "Anzahl",
        "Stückzahl",
        "Menge",
        "Bilder gesamt",
        "Quantité",
        "Nombre d'images",
        "Qté",
        "Nb",
        "Cantidad",
        "Imágenes",
        "Número de imágenes",
        "Quantità",
        "Q.tà",
        "Immagini",
        "枚数",
        "必要枚数",
        "数量",
        "点数",
        "张数",
        "图片数量",
        "數量",
    ] {
        let list = fresh(&format!("Name,{title},Ratio\nHero,7,4:5\nTile,3,1:1\n"));
        assert_eq!(finals(&list), ["7", "3"], "{title}: {:#?}", list.columns);
    }
}

#[test]
fn units_times_images_of_each_are_the_finals() {
    let both = fresh("Name,Units,Shots per unit\nLamp,3,4\nChair,2,6\n");
    assert_eq!(finals(&both), ["12", "12"]);
    assert_eq!(both.notes[0], "The finals are Units times Shots per unit");
    assert_eq!(both.rows[0].notes, ["3 × 4 = 12 finals"]);
    for titles in
        ["SKUs,Images per SKU", "Produkte,Bilder pro Produkt", "Produits,Visuels par produit", "商品数,1商品あたり枚数"]
    {
        assert_eq!(finals(&fresh(&format!("Name,{titles}\nLamp,3,4\n"))), ["12"], "{titles}");
    }
    let differs = fresh("Name,Units,Shots per unit,Total shots\nLamp,3,4,13\n");
    assert_eq!(finals(&differs), ["13"]);
    assert_eq!(differs.rows[0].notes, ["3 × 4 = 12 finals, but the list says 13, which is used"]);
    assert_eq!(finals(&fresh("SKU,Images per SKU\nL-1,4\nL-2,5\n")), ["4", "5"]);
    assert_eq!(finals(&fresh("Product,Units\nL-1,4\nL-2,5\n")), ["4", "5"]);
    let many = fresh("Name,Units,Shots per unit\nLamp,10000000,4\n");
    assert_eq!(many.refused_rows(), 1);
}

#[test]
fn a_column_of_which_no_cell_can_be_read_is_dropped_and_named() {
    let list = fresh("Name,Size,Qty\nHero,XL,3\nTile,XXL,4\n");
    assert_eq!(finals(&list), ["3", "4"]);
    assert_eq!(list.columns[1].taken, ColumnUse::Unused(Unused::Failed(Kind::Knob(Knob::Size))));
    assert_eq!(
        list.columns[1].sentence(),
        "Size is left out: no cell can be read as the size; row 2: XL cannot be read as a size"
    );
    let most = fresh("Name,Size,Qty\nA,XL,x\nB,XL,2\nC,XL,3\nD,XL,4\nE,1024x1024,y\n");
    assert_eq!(finals(&most), ["2", "3", "4"]);
    assert!(most.columns[1].sentence().starts_with("Size is left out: 4 of 5 cells cannot be read as the size; row 2"));
}

#[test]
fn one_bad_cell_keeps_its_row_out_and_its_column_in() {
    for rows in ["Hero,XL,3\n", "Hero,XL,3\nTile,1024x1024,4\n", "Hero,,2\nTile,XL,4\n"] {
        let list = fresh(&format!("Name,Size,Qty\n{rows}"));
        assert_eq!(list.refused_rows(), 1, "{rows}");
        assert_eq!(list.columns[1].kind(), Some(Kind::Knob(Knob::Size)), "{rows}");
    }
    // A figure with two readings is a figure: its rows wait for an answer.
    let unsure = fresh("Name,Qty\nA,\"1,200\"\nB,\"1.000\"\nC,\"2.000\"\n");
    assert_eq!((unsure.columns[1].kind(), finals(&unsure)), (Some(FINALS), vec!["1200".to_owned()]));
}

#[test]
fn a_further_column_takes_the_place_of_one_that_fails() {
    let list = fresh("Name,Final,Final images\nHero,yes,3\nTile,no,4\n");
    assert_eq!(finals(&list), ["3", "4"]);
}

#[test]
fn any_column_can_be_given_any_meaning_or_none() {
    let text = "Name,Pieces,Boxes,Mood\nHero,3,30,high\nTile,4,40,low\n";
    assert_eq!(finals(&chosen(text, &[])), ["3", "4"]);
    let boxes = chosen(text, &[(2, Some(FINALS))]);
    assert_eq!(finals(&boxes), ["30", "40"]);
    assert_eq!(boxes.columns[2].taken, ColumnUse::As(FINALS, FoundBy::Choice));
    assert_eq!(boxes.columns[2].sentence(), "Boxes is read as the finals, as you chose");
    assert_eq!(boxes.columns[1].taken, ColumnUse::Unused(Unused::Second(FINALS)), "the found one gives way");
    let none = chosen(text, &[(1, None)]);
    assert_eq!(finals(&none), ["", ""]);
    assert_eq!(none.columns[1].sentence(), "Pieces is left out, as you chose");
    let mood = chosen(text, &[(3, Some(Kind::Knob(Knob::Quality)))]);
    assert!(mood.lines().all(|line| line.settings.value(Knob::Quality).is_some()));
    let times = chosen(text, &[(1, Some(Kind::Units)), (2, Some(Kind::PerUnit))]);
    assert_eq!(finals(&times), ["90", "160"]);
    let beyond = chosen(text, &[(99, Some(Kind::Name))]);
    assert_eq!(uses(&beyond), uses(&chosen(text, &[])), "a column that is not there changes nothing");
}

#[test]
fn every_meaning_can_be_chosen_for_every_column_and_nothing_is_lost() {
    let text = "Name,Pieces,Note,Shape\nHero,3,fine,4:5\nTile,4,,1:1\n";
    for kind in Kind::all() {
        assert!(!kind.label().is_empty() && !kind.name().starts_with("the "), "{kind:?}");
        assert_eq!(Kind::all().filter(|other| other.name() == kind.name()).count(), 1, "{kind:?} shares its name");
        for column in 0..4 {
            let list = chosen(text, &[(column, Some(kind))]);
            let told = list.columns[column].taken;
            let as_chosen = matches!(told, ColumnUse::As(..)) || told == ColumnUse::Unused(Unused::Failed(kind));
            assert!(as_chosen, "{kind:?} of column {column}: {told:?}");
            assert_eq!(list.rows.len(), 2);
            let left_alone = list.rows.iter().all(|row| !matches!(row.outcome, RowOutcome::Skipped(_)));
            assert!(left_alone, "{kind:?} of column {column}: {:?}", list.rows);
        }
    }
    let mut choices = Choices::default();
    choices.set(1, None);
    assert_eq!((choices.get(1), choices.is_empty()), (Some(None), false));
    choices.forget(1);
    assert_eq!((choices.get(1), choices.is_empty()), (None, true));
}

#[test]
fn full_width_commas_and_semicolons_separate_cells() {
    for text in [
        "Asset，Qty，Ratio\nHero，3，1:1\nTile，2，9:16\n",
        "素材；枚数；比率\n主图；3；1：1\n详情；2；9：16\n",
        "素材，枚数，备注\n主图，3，\"红，蓝\"\n详情，2，无\n",
    ] {
        let list = crate::fresh(text);
        assert_eq!((list.columns.len(), crate::beside::finals(&list)), (3, 5), "{text}{list:#?}");
    }
    let list = crate::fresh("素材,枚数,备注\n主图,3,红，蓝\n详情,2,白，黑\n");
    assert_eq!((list.columns.len(), crate::beside::finals(&list)), (3, 5));
}
