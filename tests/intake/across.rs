//! Tables of counts across, groups that begin names, and rows that are not to be made.

use crate::fresh;
use retake::cost::Knob;
use retake::cost::budget::knob_text;
use retake::tables::{ColumnUse, Kind, ParsedList, RowOutcome, Unused};
use std::fmt::Write;

/// Each deliverable with its finals, each refused row by its number, and whether numbers were lost.
fn told(list: &ParsedList) -> String {
    let mut told = String::new();
    for row in &list.rows {
        match &row.outcome {
            RowOutcome::Parsed(line) => {
                let finals = line.settings.value(Knob::Finals).map_or_else(|| "?".to_owned(), knob_text::write);
                write!(told, "{} {finals}; ", line.title()).unwrap();
            }
            RowOutcome::Refused(_) => write!(told, "row {} refused; ", row.number).unwrap(),
            RowOutcome::Skipped(_) => {}
        }
    }
    told + if list.lost_counts() { "lost" } else { "" }
}

#[test]
fn columns_that_count_for_a_month_a_shape_a_channel_or_a_view_are_deliverables_of_their_own() {
    for (text, wanted) in [
        ("Asset,Jan,Feb,Mar\nA,3,2,0\nB,4,,1\n", "A · Jan 3; A · Feb 2; B · Jan 4; B · Mar 1; "),
        (
            "Asset,Week 1,Week 2\nA,1,2\nB,2,1\nC,3,4\n",
            "A · Week 1 1; A · Week 2 2; B · Week 1 2; B · Week 2 1; C · Week 1 3; C · Week 2 4; ",
        ),
        ("Plan\nAsset,2026-01,2026-02\nA,3,2\n", "A · 2026-01 3; A · 2026-02 2; "),
        ("Asset,1:1,9:16\nA,3,2\n", "A · 1:1 3; A · 9:16 2; "),
        ("Asset,1080x1080,Notes\nA,3,x\n", "A · 1080x1080 3; "),
        ("Asset,Instagram,Threads,Email\nA,3,2,1\n", "A · Instagram 3; A · Threads 2; A · Email 1; "),
        ("Product,Hero shots,Detail shots\nA,1,4\n", "A · Hero shots 1; A · Detail shots 4; "),
        ("Asset,Jan,Feb\nA,3,2\nTotal,3,2\n", "A · Jan 3; A · Feb 2; "),
        ("Asset,Jan,Feb\nA,3,2\nB,1,1\n,4,3\n", "A · Jan 3; A · Feb 2; B · Jan 1; B · Feb 1; "),
        (
            "Asset,Jan,Feb\nWeb,,\nA,3,2\nB,1,\nWeb total,4,2\nC,1,1\n",
            "A · Jan 3; A · Feb 2; B · Jan 1; C · Jan 1; C · Feb 1; ",
        ),
        ("Asset,Jan,Feb\nA,,\nB,1,0\n", "B · Jan 1; "),
        ("Asset,Jan,Feb\nA,0,0\nB,1,0\n", "A 0; B · Jan 1; "),
        ("Month,Hero,Story\nJan,3,2\nFeb,1,5\n", "Jan · Hero 3; Jan · Story 2; Feb · Hero 1; Feb · Story 5; "),
        (
            "Size,Hero,Card,Banner,Tile\n1080x1080,3,1,2,4\n",
            "1080x1080 · Hero 3; 1080x1080 · Card 1; 1080x1080 · Banner 2; 1080x1080 · Tile 4; ",
        ),
        ("Social plan\nAsset,Instagram,Facebook\nA,5,3\n", "A · Instagram 5; A · Facebook 3; "),
        (
            "款号\t主图数\t详情图数\t合计\nA01\t5\t8\t13\nB02\t3\t6\t9\n",
            "A01 · 主图数 5; A01 · 详情图数 8; B02 · 主图数 3; B02 · 详情图数 6; ",
        ),
        ("Asset,EN,DE,JA\nA,2,1,1\n", "A · EN 2; A · DE 1; A · JA 1; "),
        ("Deliverable,Images,Markets,Total\nA,2,5,10\nB,6,5,30\n", "A 10; B 30; "),
        ("Asset,2025,2026\nA,3,2\n", "A · 2025 3; A · 2026 2; "),
        ("Key visual,Sizes,Versions,Languages,Total assets\nA,4,2,3,24\nB,2,1,3,6\n", "A 24; B 6; "),
        ("Asset,Images per month,Months\nA,4,3\n", "A 12; "),
        ("Deliverable,Images,Each,Total\nA,2,5,10\nB,6,5,30\n", "A 2; B 6; "),
        ("Asset,Jan,Feb,Qty\nA,3,2,5\n", "A 5; "),
        ("Asset,Jan,Feb,Total\nA,3,2,5\n", "A 5; "),
        ("Asset,1:1,9:16,Total\nA,3,2,5\nB,1,,1\n", "A · 1:1 3; A · 9:16 2; B · 1:1 1; "),
        ("Asset,1080x1080,1080x1920,Total images\nA,3,2,5\n", "A · 1080x1080 3; A · 1080x1920 2; "),
        ("Asset,Instagram,Facebook,Total\nA,3,2,5\nB,1,1,2\n", "A 5; B 2; "),
        ("Motiv;Hochformat;Querformat;Gesamt\nA;3;2;5\n", "A · Hochformat 3; A · Querformat 2; "),
        ("素材,正方形,縦長,合計\nA,3,2,5\n", "A · 正方形 3; A · 縦長 2; "),
        ("Asset,1:1,9:16,Total\nA,3,2,6\nB,1,1,2\n", "A 6; B 2; lost"),
        ("Asset,Jan,Feb,Total,Cost\nA,3,2,5,100\n", "A · Jan 3; A · Feb 2; "),
    ] {
        assert_eq!(told(&fresh(text)), wanted, "{text}");
    }
}

#[test]
fn no_number_across_is_lost_in_silence() {
    for (text, wanted) in [
        ("Asset,Jan,Feb\nA,2+1,2\nB,1,tbd\n", "A · Jan 3; A · Feb 2; B · Jan 1; B · Feb ?; "),
        ("Asset,Jan,Feb\nA,x,2\nB,x,3\n", "A · Jan 1; A · Feb 2; B · Jan 1; B · Feb 3; "),
        ("Asset,Quality,Jan,Feb\nA,splendid,3,2\nB,high,1,1\n", "row 2 refused; B · Jan 1; B · Feb 1; "),
        ("Asset,Priority,Weeks\nA,1,3\nB,2,1\n", "A ?; B ?; lost"),
        ("Asset,Jan,Feb,Weeks\nA,3,2,6\nB,1,1,7\n", "A · Jan 3; A · Feb 2; B · Jan 1; B · Feb 1; lost"),
        ("Style,Black,White\nA,4,2\nB,3,3\n", "A ?; B ?; lost"),
        ("Key visual,Sizes,Versions,Languages\nA,4,2,3\nB,2,1,3\n", "A ?; B ?; lost"),
        ("Deliverable,Min qty,Max qty\nA,2,4\nB,6,10\n", "A ?; B ?; lost"),
        ("Range,SKUs,Front,Back\nTees,12,1,1\nCaps,4,1,2\n", "Tees 12; Caps 4; lost"),
        ("Asset,Qty,Instagram,Facebook\nA,3,1,1\n", "A 3; lost"),
        ("Media budget 2026 (EUR)\nAsset,Instagram,Facebook\nA,5000,3000\n", "A ?; lost"),
        ("Asset,Owner\nA,Mia\nB,Jo\n", "A ?; B ?; "),
    ] {
        assert_eq!(told(&fresh(text)), wanted, "{text}");
    }
}

#[test]
fn the_shape_in_a_title_is_that_of_its_deliverables() {
    let list = fresh("Asset,Story 9:16,1080 x 1350 px,Square,Portrait\nA,1,2,3,4\n");
    let shape = |knob: Knob| -> Vec<String> {
        list.lines().map(|line| line.settings.value(knob).map_or_else(String::new, knob_text::write)).collect()
    };
    assert_eq!(shape(Knob::Ratio), ["9:16", "", "1:1", ""]);
    assert_eq!(shape(Knob::Size), ["", "1088x1360", "", ""]);
    assert_eq!(list.summary(), "1 row with 4 counts: 4 understood, 0 refused");
}

#[test]
fn what_rows_have_in_common_begins_their_names() {
    for (text, wanted) in [
        (
            "Channel,Asset,Qty\nWebsite,Hero,2\nWebsite,Tile,3\nEmail,Hero,1\n",
            "Website · Hero 2; Website · Tile 3; Email · Hero 1; ",
        ),
        (
            "Campaign,Deliverable,Qty\nSpring,Hero,2\nSpring,Tile,3\nSummer,Hero,1\n",
            "Spring · Hero 2; Spring · Tile 3; Summer · Hero 1; ",
        ),
        (
            "Campaign,Channel,Asset,Qty\nSpring,Web,Hero,2\n,,Tile,3\nFall,,Hero,1\n",
            "Spring · Web · Hero 2; Spring · Web · Tile 3; Fall · Hero 1; ",
        ),
        (
            "Kampagne;Kanal;Werbemittel;Anzahl\nHerbst;Meta;Feed;4\nHerbst;Meta;Story;4\nSumme;;;8\n",
            "Herbst · Meta · Feed 4; Herbst · Meta · Story 4; ",
        ),
        (
            "Encuadre;Descripción;Nº de fotos;Prioridad\nHorizontal;Fachada;3;Alta\nVertical;Mesa;5;Media\n",
            "Fachada 3; Mesa 5; ",
        ),
        (
            "Platform,Post,Format,# Images\nInstagram,Teaser,4:5,3\nLinkedIn,Team,1:1,1\n",
            "Instagram · Teaser 3; LinkedIn · Team 1; ",
        ),
        ("Article,Colourway,Shots\nParka,Olive,7\nParka,Sand,7\n", "Olive · Parka 7; Sand · Parka 7; "),
        (
            "ページ,画像,枚数\nトップ,主役,1\nトップ,バナー,4\n会社,社屋,2\n",
            "トップ · 主役 1; トップ · バナー 4; 会社 · 社屋 2; ",
        ),
        (
            "Timestamp,What do you need?,How many images?\n2026/11/20 9:14:02 AM,Bread,1\n2026/11/21 8:00:00 AM,Team,8\n",
            "Bread 1; Team 8; ",
        ),
        ("Asset,Market,Qty\nHero,DE,2\nHero,FR,3\n", "DE · Hero 2; FR · Hero 3; "),
        ("カテゴリ,商品名,枚数\n家具,椅子,3\n家具,机,2\n照明,椅子,1\n", "家具 · 椅子 3; 家具 · 机 2; 照明 · 椅子 1; "),
        ("SKU,Product name,Qty\nL-1,Lamp,2\nL-2,Chair,3\n", "Lamp 2; Chair 3; "),
        ("Asset,Owner,Qty\nHero,Mia,2\nTile,Mia,3\nDoor,Mia,1\n", "Hero 2; Tile 3; Door 1; "),
    ] {
        assert_eq!(told(&fresh(text)), wanted, "{text}");
    }
}

#[test]
fn what_is_done_dropped_or_on_hold_is_told_and_not_counted() {
    for status in [
        "Cancelled",
        "canceled",
        "DONE",
        "✅ Done",
        "on hold",
        "On-hold",
        "Killed",
        "dropped (client)",
        "storniert",
        "erledigt",
        "zurückgestellt",
        "entfällt",
        "annulé",
        "livrée",
        "en suspens",
        "cancelado",
        "entregada",
        "en pausa",
        "annullato",
        "consegnata",
        "キャンセル",
        "納品済み",
        "保留",
        "已取消",
        "已完成",
        "暂停",
    ] {
        let list = fresh(&format!("Asset,Status,Qty\nA,{status},3\nB,open,4\n"));
        assert_eq!(told(&list), "B 4; ", "{status}");
        let RowOutcome::Skipped(why) = &list.rows[0].outcome else { panic!("{status}") };
        assert_eq!(*why, format!("Status is {status}: it is not counted"));
    }
    for status in ["In progress", "Approved", "rejected", "to do", "not done", "offen", "pendiente", "制作中", "进行中"]
    {
        let list = fresh(&format!("Asset,Status,Qty\nA,{status},3\n"));
        assert_eq!(told(&list), "A 3; ", "{status}");
    }
    assert_eq!(told(&fresh("Asset,Images,Done\nA,3,yes\nB,4,no\nC,2,\n")), "B 4; C 2; ");
    assert_eq!(told(&fresh("Asset,Images,Delivered\nA,3,2\nB,4,0\n")), "A 3; B 4; ");
    for title in ["Payment status", "Quality check", "Legal status", "Note"] {
        assert_eq!(told(&fresh(&format!("Asset,{title},Qty\nA,done,3\nB,open,4\n"))), "A 3; B 4; ", "{title}");
    }
    // A sum below may hold them or not.
    for sum in ["7", "4"] {
        assert_eq!(
            told(&fresh(&format!("Asset,Status,Qty\nA,done,3\nB,open,2\nC,open,2\n,,{sum}\n"))),
            "B 2; C 2; ",
            "{sum}"
        );
    }
}

#[test]
fn a_list_with_costs_is_no_bill() {
    for (text, wanted) in [
        ("Item,Qty,Cost,Currency,Tax\nHero,3,120,EUR,19%\nShot,12,600,EUR,19%\n", "Hero 3; Shot 12; "),
        ("Artikel;Menge;Kosten;Währung;MwSt\nTür;3;120;EUR;19%\n", "Tür 3; "),
    ] {
        assert_eq!(told(&fresh(text)), wanted, "{text}");
    }
    for bill in [
        "Date,Item,Qty,Amount,Currency,Tax\n2026-11-01,Images,3,120,EUR,19%\n",
        "Item,Qty,Unit price,Amount,Tax\nImages,3,40,120,19%\n",
        "Cost,Currency,Tax\n120,EUR,19%\n",
    ] {
        assert!(fresh(bill).refused.is_some(), "{bill}");
    }
}

#[test]
fn several_values_in_a_cell_keep_their_row_out() {
    for cells in ["Size,Qty\nA,1024x1024,1/2", "Size,Qty\nA,1024x1024,3–1", "Size,Qty\nA,1024x1024 / 1024x1280,3"] {
        let list = fresh(&format!("Asset,{cells}\nB,1024x1024,2\n"));
        assert_eq!(told(&list), "row 2 refused; B 2; ", "{cells}");
        let RowOutcome::Refused(reasons) = &list.rows[0].outcome else { panic!("{cells}") };
        assert!(list.cell(2, &reasons[0]).is_some(), "{cells}");
    }
}

#[test]
fn a_column_can_be_chosen_to_count_across() {
    let list = fresh("Asset,Jan,Feb\nA,3,2\n");
    assert!(list.columns[1..].iter().all(|column| column.kind() == Some(Kind::Across)));
    let unknown = fresh("Asset,Priority\nA,1\n");
    assert_eq!(unknown.columns[1].taken, ColumnUse::Unused(Unused::Uncounted));
}

#[test]
fn titles_below_those_of_groups_are_joined_to_them() {
    let wanted = "A · Instagram · Feed 3; A · Instagram · Story 2; A · Facebook · Feed 1; A · Facebook · Story 4; ";
    for text in [
        "Asset,Instagram,,Facebook,\n,Feed,Story,Feed,Story\nA,3,2,1,4\n",
        ",Instagram,,Facebook,\nAsset,Feed,Story,Feed,Story\nA,3,2,1,4\n",
        "Asset,Instagram,Instagram,Facebook,Facebook\nAsset,Feed,Story,Feed,Story\nA,3,2,1,4\n",
        "Social plan\n,Instagram,,Facebook,\nAsset,Feed,Story,Feed,Story\nA,3,2,1,4\n",
    ] {
        assert_eq!(told(&fresh(text)), wanted, "{text}");
    }
    for (text, wanted) in [
        (
            "Asset,Spring,,Autumn,\n,1:1,9:16,1:1,9:16\nA,3,2,1,4\n",
            "A · Spring · 1:1 3; A · Spring · 9:16 2; A · Autumn · 1:1 1; A · Autumn · 9:16 4; ",
        ),
        ("Asset,Instagram,,Facebook,,Total\n,Feed,Story,Feed,Story,\nA,3,2,1,4,10\n", "A 10; "),
        (
            "Asset,Instagram,Facebook\nFeed,3,2\nStory,1,4\n",
            "Feed · Instagram 3; Feed · Facebook 2; Story · Instagram 1; Story · Facebook 4; ",
        ),
    ] {
        assert_eq!(told(&fresh(text)), wanted, "{text}");
    }
    let list = fresh("Asset,Spring,,Autumn,\n,1:1,9:16,1:1,9:16\nA,3,2,1,4\n");
    let ratios = list.lines().map(|line| line.settings.value(Knob::Ratio).map_or_else(String::new, knob_text::write));
    assert_eq!(ratios.collect::<Vec<_>>(), ["1:1", "9:16", "1:1", "9:16"]);
}
