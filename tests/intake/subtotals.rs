//! Sums above, below and beside the rows that they sum up, and rows that only look like one.

use crate::beside::{finals, skipped};
use crate::fresh;

#[test]
fn a_heading_with_the_sum_of_its_rows_is_not_counted() {
    for text in [
        "Nr,Asset,Qty\n1,Website,10\n1.1,Hero,4\n1.2,Tile,6\n",
        "Pos.;Leistung;Menge\n1;Website;10\n1.1;Hero;4\n1.2;Tile;6\n",
        "No.,Item,Qty\n1,Website,10\n1.1,Hero,4\n1.2,Tiles,6\n1.2.1,Small,2\n1.2.2,Large,4\n",
        "番号,素材,枚数\n1,サイト,10\n1-1,主役,4\n1-2,タイル,6\n",
        "Asset,Qty\nWebsite,10\n- Hero,4\n- Tile,6\n",
        "Motiv;Anzahl\nWebsite;10\n– Hero;4\n– Kachel;6\n",
        "Asset,Qty\nWebsite,10\n• Hero,4\n• Tile,6\n",
        "Asset,Qty\nWebsite,10\n  Hero,4\n  Tile,6\n",
        "素材,数量\n网站,10\n・主图,4\n・细节,6\n",
    ] {
        for social in ["", "S"] {
            let codes = text.contains("1.1") || text.contains("1-1");
            let separator = if text.contains(';') { ';' } else { ',' };
            let more = match (social, codes) {
                ("", _) => String::new(),
                (_, true) => format!("2{separator}Social{separator}3\n"),
                (_, false) => format!("Social{separator}3\n"),
            };
            let list = fresh(&format!("{text}{more}"));
            let all = if social.is_empty() { 10 } else { 13 };
            assert_eq!((finals(&list), list.unsure_rows()), (all, 0), "{text}{more}: {list:#?}");
            assert!(!skipped(&list).is_empty(), "{text}");
        }
    }
}

#[test]
fn a_heading_with_another_number_counts_and_is_told() {
    for text in ["Nr,Asset,Qty\n1,Website,9\n1.1,Hero,4\n1.2,Tile,6\n", "Asset,Qty\nWebsite,9\n- Hero,4\n- Tile,6\n"] {
        let list = fresh(text);
        assert_eq!((finals(&list), list.unsure_rows()), (19, 1), "{text}: {list:#?}");
    }
    for text in ["Nr,Asset,Qty\n1.1,Hero,4\n1.2,Tile,6\n", "Asset,Qty\n- Hero,4\n- Tile,6\n"] {
        let list = fresh(text);
        assert_eq!((finals(&list), list.unsure_rows()), (10, 0), "{text}: {list:#?}");
    }
}

#[test]
fn a_sum_with_what_is_added_to_it_is_a_sum() {
    for name in [
        "Total incl. 10% contingency",
        "Total with buffer",
        "Total (+20%)",
        "Total + 10%",
        "Total including reserve",
        "Gesamt inkl. Reserve",
        "Summe mit Puffer",
        "Total y compris marge",
        "Total avec imprévus",
        "Total con margen",
        "Totale incl. riserva",
        "合計（予備込み）",
        "总计（含备用）",
    ] {
        let list = fresh(&format!("Asset,Qty\nHero,4\nTile,6\n{name},12\n"));
        assert_eq!((finals(&list), skipped(&list).len()), (10, 1), "{name}: {list:#?}");
    }
    for name in ["Number of images", "All", "Alle", "Anzahl Bilder", "Tous", "Todos", "Tutti", "全部", "すべて"] {
        let list = fresh(&format!("Asset,Qty\nHero,4\nTile,6\n{name},10\n"));
        assert_eq!((finals(&list), skipped(&list).len()), (10, 1), "{name}: {list:#?}");
    }
    for name in ["Total look", "Total eclipse poster", "All-over print", "All hands photo"] {
        let list = fresh(&format!("Asset,Qty\nHero,4\nTile,6\n{name},3\n"));
        assert_eq!((finals(&list), skipped(&list).len()), (13, 0), "{name}: {list:#?}");
    }
    let list = fresh("Asset,Qty\nHero,4\nTile,6\nTotal campaign,12\n");
    assert_eq!(list.unsure_rows(), 1, "{list:#?}");
}

#[test]
fn a_word_that_names_a_picture_too_is_a_sum_only_with_the_number_of_one() {
    for (text, count) in [
        ("Einstellung;Anzahl\nTotale;2\nNah;4\n", 6),
        ("Einstellung;Anzahl\nNah;4\nTotale;2\nDetail;1\n", 7),
        ("Nr;Motiv;Einstellung;Anzahl\n1;Haus;Totale;2\n2;Hof;Nah;4\n", 6),
        ("Artikel;Anzahl\nHose;4\nOverall;2\n", 6),
        ("Motivo;Quantità\nPane;4\nVino;6\nTotale;10\n", 10),
        ("Motivo;Quantità\nTotale;10\nPane;4\nVino;6\n", 10),
    ] {
        assert_eq!(finals(&fresh(text)), count, "{text}: {:#?}", fresh(text));
    }
}
