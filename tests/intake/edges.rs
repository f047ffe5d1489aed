//! Sizes with thousands apart, and widths and heights with their unit in a column beside them.

use crate::beside::finals;
use crate::fresh;
use retake::cost::Knob;
use retake::cost::budget::knob_text;
use retake::tables::ParsedList;

fn values(list: &ParsedList, knob: Knob) -> Vec<String> {
    list.lines().map(|line| line.settings.value(knob).map_or_else(String::new, knob_text::write)).collect()
}

#[test]
fn a_blank_separates_the_thousands_of_a_size() {
    for blank in [" ", "\u{a0}", "\u{202f}", "\u{2009}"] {
        for written in ["1080x1350", "1_080x1_350", "1_080 x 1_350", "1_080 × 1_350 px", "1_080 px × 1_350 px"] {
            let cell = written.replace('_', blank);
            let list = fresh(&format!("Visuel;Format;Quantité\nA;{cell};6\nB;1024 x 1024;2\n"));
            assert_eq!(values(&list, Knob::Size), ["1088x1360", "1024x1024"], "{cell:?}: {list:#?}");
            assert_eq!((finals(&list), list.refused_rows()), (8, 0), "{cell:?}");
        }
    }
}

#[test]
fn a_unit_beside_the_edges_says_whether_they_are_pixels() {
    for (title, unit) in [
        ("Unit", "mm"),
        ("Units", "cm"),
        ("Einheit", "mm"),
        ("Unité", "mm"),
        ("Unidad", "cm"),
        ("Unità", "mm"),
        ("単位", "mm"),
        ("单位", "毫米"),
        ("UOM", "in"),
    ] {
        let list = fresh(&format!("Asset,Width,Height,{title},Qty\nA,210,297,{unit},6\nB,200,200,{unit},2\n"));
        assert!(values(&list, Knob::Size).iter().all(String::is_empty), "{title}: {list:#?}");
        assert_eq!((finals(&list), list.refused_rows()), (8, 0), "{title}: {list:#?}");
    }
    let pixels = fresh("Asset,Width,Height,Unit,Qty\nA,1024,1536,px,6\nB,210,297,mm,2\n");
    assert_eq!(values(&pixels, Knob::Size), ["1024x1536", ""], "{pixels:#?}");
    assert_eq!(finals(&pixels), 8, "{pixels:#?}");
}
