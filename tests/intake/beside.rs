//! Rows of real sheets that are no images: sums, charges, hours, what is cancelled; and cells that leave a value open.

use crate::fresh;
use retake::cost::{Knob, Value};
use retake::tables::{ParsedList, RowOutcome};

pub(crate) fn finals(list: &ParsedList) -> u64 {
    let counts = list.lines().map(|line| match line.settings.value(Knob::Finals) {
        Some(Value::Count(count)) => *count,
        _ => 0,
    });
    counts.sum()
}

/// Why each row that is skipped is, by its number.
pub(crate) fn skipped(list: &ParsedList) -> Vec<(usize, &str)> {
    let rows = list.rows.iter().filter_map(|row| match &row.outcome {
        RowOutcome::Skipped(why) => Some((row.number, why.as_str())),
        _ => None,
    });
    rows.collect()
}

pub(crate) fn notes(list: &ParsedList) -> String {
    list.rows.iter().flat_map(|row| row.notes.iter().map(String::as_str)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_sum_below_a_filled_down_group_is_a_sum() {
    for total in ["TOTAL WOMENS", "Total Tag 2", "TOTAL JOUR 2", "Total día 2", "Totale giorno 2"] {
        let list = fresh(&format!(
            "Item,Colour,Views,Aspect\nDress,Sage,4,2:3\nDress,,1,1:1\nDress,Ink,4,2:3\nSkirt,Moss,4,2:3\n{total},,35,\n"
        ));
        assert_eq!(finals(&list), 13, "{total}: {list:#?}");
        assert_eq!(skipped(&list).len(), 1, "{total}");
    }
}

#[test]
fn charges_and_lines_to_sign_on_are_no_deliverables() {
    let others = [
        "Subtotal A",
        "VAT 20 %",
        "TOTAL ex VAT",
        "Contingency 5 %",
        "MwSt. 19 %",
        "Zwischensumme A",
        "TVA 20 %",
        "Imprévus",
        "IVA 21 %",
        "Imprevistos",
        "Imprevisti",
        "消費税 10%",
        "予備費",
        "增值税",
        "小計 A",
    ];
    for other in others {
        let list = fresh(&format!("Line,Item,Qty,Amount,Size\nA1,Hero,3,90,1:1\nA2,Card,2,40,1:1\n,{other},,130,\n"));
        assert_eq!((list.lines().count(), skipped(&list).len()), (2, 1), "{other}: {list:#?}");
    }
    for line in [
        "Approved by: ____",
        "Freigegeben von: ___",
        "Approuvé par :",
        "Aprobado por:",
        "Approvato da:",
        "承認者：",
        "审批人：",
    ] {
        let list = fresh(&format!("Line,Item,Qty,Amount,Size\nA1,Hero,3,90,1:1\nA2,Card,2,40,1:1\n,{line},,,\n"));
        assert_eq!((list.lines().count(), skipped(&list).len()), (2, 1), "{line}: {list:#?}");
    }
    let list = fresh("Item,Qty,Size\nTax return hero,3,1:1\nContingency plan cover,2,1:1\nSignature dish,,1:1\n");
    assert_eq!((list.lines().count(), finals(&list)), (3, 5), "{list:#?}");
}

#[test]
fn a_unit_that_is_no_image_is_skipped_and_told() {
    for unit in
        ["hour", "day", "fee", "licence", "Std.", "Tag", "jour", "forfait", "hora", "giorno", "時間", "小时", "person"]
    {
        let list = fresh(&format!("Item,Qty,Unit\nHero,3,image\nCard,2,pcs\nIcons,4,image\nRetouching,16,{unit}\n"));
        assert_eq!(finals(&list), 9, "{unit}: {list:#?}");
        let why = skipped(&list)[0].1;
        assert!(why.contains(unit) && why.contains("not images"), "{why}");
    }
    let list = fresh("项目,数量,单位\n主图,3,件\n细节,2,张\n修图,16,小时\n");
    assert_eq!(finals(&list), 5, "{list:#?}");
}

#[test]
fn a_set_multiplies_or_is_refused() {
    for set in ["set of 4", "4er-Set", "lot de 4", "juego de 4", "set da 4", "4枚セット", "4件套"] {
        let list = fresh(&format!("Item,Qty,Unit\nHero,3,image\nCovers,3,{set}\nCard,1,image\n"));
        assert_eq!(finals(&list), 16, "{set}: {list:#?}");
        assert!(notes(&list).contains("3 × 4 = 12 finals"), "{set}");
    }
    for unsaid in ["set", "Satz", "pair", "セット"] {
        let list = fresh(&format!("Item,Qty,Unit\nHero,3,image\nCovers,3,{unsaid}\nCard,1,image\n"));
        assert_eq!((finals(&list), list.refused_rows()), (4, 1), "{unsaid}: {list:#?}");
    }
    for cell in ["3 × set of 4", "3 sets of 4", "3x4er-Set"] {
        let list = fresh(&format!("Item,Qty\nHero,3\nCovers,{cell}\n"));
        assert_eq!((finals(&list), list.refused_rows()), (3, 1), "{cell}: {list:#?}");
    }
    let list = fresh("Item,Qty,Unit\nHero,3,image\nCard,1,image\nBook,2,spread\n");
    assert!(finals(&list) == 6 && notes(&list).contains("spread"), "{list:#?}");
}

#[test]
fn low_medium_and_high_are_the_quality_whatever_the_title() {
    for title in ["Resolution", "Level", "Auflösung", "Niveau"] {
        let list =
            fresh(&format!("Item,Qty,Size,{title}\nA,1,1:1,high\nB,2,1:1,medium\nC,3,1:1,300 dpi\nD,4,1:1,high \n"));
        let qualities = list.lines().filter(|line| line.settings.value(Knob::Quality).is_some()).count();
        assert_eq!((qualities, finals(&list)), (3, 10), "{title}: {list:#?}");
        assert!(notes(&list).contains("300 dpi is left open"), "{title}");
    }
    for title in ["Priority", "Risk", "Aufwand", "重要度"] {
        let list = fresh(&format!("Item,Qty,{title}\nA,1,high\nB,2,medium\nC,3,low\n"));
        assert!(list.lines().all(|line| line.settings.value(Knob::Quality).is_none()), "{title}: {list:#?}");
    }
    let list = fresh("Item,Qty,Quality,Resolution\nA,1,high,fine\nB,2,low,good\n");
    assert!(!list.columns[3].sentence().contains("another column"), "{:?}", list.columns[3].sentence());
}

#[test]
fn paper_and_dots_leave_a_value_open_and_unclear_counts_do_not_pass() {
    for paper in ["A4", "A5", "A3 landscape", "DIN A4 hoch", "B2縦", "300 dpi"] {
        for title in ["Size", "Ratio", "Format"] {
            let list = fresh(&format!("Item,Qty,{title}\nA,3,{paper}\nB,4,1024x1024\n"));
            assert_eq!((finals(&list), list.refused_rows()), (7, 0), "{title} {paper}: {list:#?}");
            assert!(notes(&list).contains(&format!("{paper} is left open")), "{title} {paper}");
        }
    }
    for quality in ["300 dpi", "Druck, 300 dpi", "印刷用 350dpi"] {
        let list = fresh(&format!("Item\tQty\tQuality\nA\t3\t{quality}\nB\t4\thigh\n"));
        assert_eq!((finals(&list), list.refused_rows()), (7, 0), "{quality}: {list:#?}");
        assert!(notes(&list).contains("is left open"), "{quality}");
    }
    for count in ["30 as B1", "1 each"] {
        let list = fresh(&format!("Item,Qty\nA,3\nB,{count}\nC,1\n"));
        assert_eq!((finals(&list), list.refused_rows()), (4, 1), "{count}: {list:#?}");
    }
    let list = fresh("Item,Qty,Size\nA,3,as B1\nB,4,1024x1024\n");
    assert_eq!((finals(&list), list.refused_rows()), (4, 1), "{list:#?}");
}

#[test]
fn a_note_that_says_cancelled_or_on_hold_skips_the_row() {
    let notes = [
        "CANCELLED – sample stuck",
        "cancelled",
        "on hold",
        "On hold until June",
        "ANNULÉ",
        "entfällt lt. Kunde",
        "zurückgestellt",
        "Cancelado",
        "保留",
        "中止：素材なし",
        "已取消",
        "DELETE ME",
        "Duplicate – please delete.",
        "doublon",
        "重複",
    ];
    for note in notes {
        let list = fresh(&format!("Item,Qty,Notes\nA,3,soft light\nB,4,{note}\nC,1,\n"));
        assert_eq!((finals(&list), skipped(&list).len()), (4, 1), "{note}: {list:#?}");
    }
    for note in [
        "hold the cup higher",
        "Live action",
        "drop shadow",
        "not cancelled",
        "中止の標識",
        "parked car",
        "duplicate the hero's light",
        "delete me key on the keyboard",
        "Duplicate of B1 in red",
    ] {
        let list = fresh(&format!("Item,Qty,Notes\nA,3,soft light\nB,4,{note}\nC,1,\n"));
        assert_eq!(finals(&list), 8, "{note}: {list:#?}");
    }
    let list = fresh("Item,Qty,Statut\nA,3,À faire\nB,4,En attente\n");
    assert_eq!((finals(&list), skipped(&list).len()), (7, 0), "{list:#?}");
}

#[test]
fn rows_without_finals_are_told_apart_in_the_summary() {
    let list = fresh("Item,Qty\nA,3\nB,0\nC,tbd\nD,x y\n");
    assert_eq!(list.summary(), "4 rows: 1 with finals, 2 without, 1 refused");
    let list = fresh("Item,Qty\nA,3\nB,4\n");
    assert_eq!(list.summary(), "2 rows: 2 understood, 0 refused");
}

#[test]
fn without_a_quality_the_list_says_once_which_one_counts() {
    let told = "No column holds the quality: every row takes the project's, medium";
    let said = |text: &str| fresh(text).notes.iter().filter(|note| *note == told).count();
    assert_eq!(said("Item,Qty\nA,3\nB,4\n"), 1);
    assert_eq!(said("Item,Qty,Quality\nA,3,high\nB,4,low\n"), 0);
}
