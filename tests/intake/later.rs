//! Counts that were decided again, which count in place of the earlier ones.

use crate::beside::{finals, notes};
use crate::fresh;
use retake::tables::{ColumnUse, Unused};

#[test]
fn the_later_decision_counts_and_is_told() {
    for title in [
        "Revised qty",
        "final qty",
        "Final",
        "approved qty",
        "new",
        "Updated quantity",
        "Confirmed count",
        "Anzahl neu",
        "Menge final",
        "Quantité révisée",
        "Cantidad final",
        "Quantità approvata",
        "修正枚数",
        "最终数量",
    ] {
        for text in [format!("Asset,Qty,{title}\nA,3,5\nB,2,1\n"), format!("Asset,{title},Qty\nA,5,3\nB,1,2\n")] {
            let list = fresh(&text);
            assert_eq!(finals(&list), 6, "{text}{list:#?}");
            let told = format!("{title} is used instead of Qty: it was decided later");
            assert!(list.notes.contains(&told), "{text}{:?}", list.notes);
        }
    }
}

#[test]
fn the_earlier_count_holds_where_the_later_is_empty() {
    let list = fresh("Asset,Qty,Revised qty\nA,3,5\nB,2,\nC,4,-\nD,6,0\n");
    assert_eq!(finals(&list), 11);
    assert_eq!(notes(&list).matches("Revised qty is empty, so Qty counts").count(), 2, "{}", notes(&list));
    let list = fresh("Asset,Qty,Revised qty,Approved qty\nA,3,5,\nB,2,,1\nC,4,,\n");
    assert_eq!(finals(&list), 10);
}

#[test]
fn what_is_no_later_count_leaves_the_count_alone() {
    for (text, wanted) in [
        ("Asset,Qty,Approved\nA,3,1\nB,2,0\n", 5),
        ("Asset,Qty,Final\nA,3,yes\nB,2,no\n", 5),
        ("Asset,Qty,New product\nA,3,1\nB,2,1\n", 5),
        ("Asset,Qty,Draft qty\nA,3,9\nB,2,9\n", 5),
        ("Asset,Shots,Final qty\nA,30,3\nB,20,2\n", 5),
    ] {
        let list = fresh(text);
        assert_eq!(finals(&list), wanted, "{text}");
        assert!(list.columns.iter().all(|column| column.taken != ColumnUse::Unused(Unused::Earlier)), "{text}");
    }
}
