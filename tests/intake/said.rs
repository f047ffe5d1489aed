//! What people say in cells instead of writing a value: ranges, dozens, `each`, several sizes, `as B1`, crosses.

use crate::beside::{finals, notes, skipped};
use crate::fresh;
use retake::cost::{Knob, Value};
use retake::tables::ParsedList;
use retake::words;

fn sizes(list: &ParsedList) -> Vec<String> {
    let shape = |line: &retake::cost::Line| {
        let value = line.settings.value(Knob::Size).or_else(|| line.settings.value(Knob::Ratio));
        value.map_or_else(String::new, |value: &Value| words::value(value))
    };
    list.lines().map(shape).collect()
}

#[test]
fn a_count_that_is_said_counts_and_is_told_and_one_that_may_be_another_is_unsure() {
    for (count, number, unsure) in [
        ("2+1", 3, 0),
        ("1 + video", 1, 0),
        ("three", 3, 0),
        ("2 dozen", 24, 0),
        ("une dizaine", 10, 1),
        ("2-3", 3, 1),
        ("2~3枚", 3, 1),
        ("ca. 10 Bilder", 10, 1),
        ("約10枚", 10, 1),
        ("max. 4", 4, 1),
    ] {
        let list = fresh(&format!("Item\tQty\nA\t3\nB\t{count}\nC\t1\n"));
        assert_eq!(
            (finals(&list), list.refused_rows(), list.unsure_rows()),
            (4 + number, 0, unsure),
            "{count}: {list:#?}"
        );
        assert!(notes(&list).contains(&format!("{count} is read as {number}")), "{count}: {}", notes(&list));
    }
    for count in ["30 as B1", "3/4", "2024-2025", "many"] {
        let list = fresh(&format!("Item\tQty\nA\t3\nB\t{count}\nC\t1\n"));
        assert_eq!((finals(&list), list.refused_rows()), (4, 1), "{count}: {list:#?}");
    }
    let list = fresh("No\tItem\tQty\n1-2\tA\t3\n1-3\tB\t4\n");
    assert_eq!(finals(&list), 7, "{list:#?}");
}

#[test]
fn a_count_of_each_is_multiplied_by_what_the_row_names_or_refused() {
    for (count, kinds) in
        [("1 each", "4 colours"), ("je 1", "4 Farben"), ("各1枚", "4種類の味"), ("1 cada uno", "4 colores")]
    {
        let list = fresh(&format!("Item\tDetail colour\tQty\nHero\tred\t3\nScarf\t{kinds}\t{count}\n"));
        assert_eq!((finals(&list), list.unsure_rows()), (7, 1), "{count} {kinds}: {list:#?}");
        assert!(notes(&list).contains("1 × 4 = 4 finals"), "{count}");
    }
    let list = fresh("Item\tQty\nHero\t3\nScarf\t1 each\n");
    assert_eq!((finals(&list), list.refused_rows()), (3, 1), "{list:#?}");
}

#[test]
fn a_row_of_several_sizes_is_a_deliverable_for_each_where_its_count_is_of_each() {
    let list = fresh(
        "Item;Size;Qty;Note\nHero;1024x1024;3;\nBanner;300x250 / 728x90;2;je Format 2 Varianten\nSet;1:1, 4:5, 9:16;2;\n",
    );
    assert_eq!((finals(&list), list.refused_rows(), list.lines().count()), (3 + 4 + 6, 0, 6), "{list:#?}");
    let names: Vec<&str> = list.lines().map(retake::cost::Line::title).collect();
    assert_eq!(names[1..4], ["Banner · 300×250", "Banner · 728×90", "Set · 1:1"], "{names:?}");
    assert!(notes(&list).contains("a deliverable for each of its 3 sizes, with 2 finals"), "{}", notes(&list));
    for unit in ["motif", "Motiv"] {
        let list =
            fresh(&format!("Item\tQty\tUnit\tSize\nA\t1\timage\t1:1\nB\t3\t{unit}\t970x250, 300x600, 300x250\n"));
        assert_eq!(finals(&list), 10, "{unit}: {list:#?}");
    }
    for count in ["2 each", "2 pro Format", "各2枚"] {
        let list = fresh(&format!("Item\tQty\tSize\nA\t1\t1:1\nB\t{count}\t1080x1080 + 1080x1920\n"));
        assert_eq!(finals(&list), 5, "{count}: {list:#?}");
    }
    // Six images of two sizes, or six of each: nothing says.
    let list = fresh("Item\tQty\tSize\nA\t1\t1:1\nB\t6\t1080x1080, 1080x1920\n");
    assert_eq!((finals(&list), list.refused_rows()), (1, 1), "{list:#?}");
    // A ratio beside its size is one shape.
    let list = fresh("Item\tQty\tSize\nA\t1\t1024x1536 (2:3)\nB\t2\t3,840 x 2,160 px (16:9)\n");
    assert_eq!((finals(&list), list.lines().count()), (3, 2), "{list:#?}");
}

#[test]
fn a_cell_that_refers_to_another_row_says_what_that_row_says() {
    for same in ["as B1", "wie B1", "comme B1", "come B1", "B1と同じ", "同B1"] {
        let list =
            fresh(&format!("Line\tItem\tQty\tSize\nB1\tLamp\t3\t1024x1024\nB2\tRug\t2\t4:3\nB3\tVariant\t4\t{same}\n"));
        assert_eq!((finals(&list), sizes(&list)[2].as_str()), (9, "1024×1024"), "{same}: {list:#?}");
        assert!(notes(&list).contains(&format!("{same} is read as 1024x1024")), "{same}");
    }
    for same in ["ditto", "〃", "同上", "wie oben", "idem", "''"] {
        let list = fresh(&format!(
            "Item\tQty\tSize\tQuality\nLamp\t3\t1:1\thigh\nRug\t2\t{same}\t{same}\nHat\t{same}\t4:5\tlow\n"
        ));
        assert_eq!((finals(&list), sizes(&list)[1].as_str()), (7, "1:1"), "{same}: {list:#?}");
    }
    let list = fresh("Item\tQty\tSize\nLamp\t3\t1:1\nRug\t2\tas B9\n");
    assert_eq!((finals(&list), list.refused_rows()), (3, 1), "{list:#?}");
}

#[test]
fn a_scale_a_size_in_the_name_and_a_quality_that_is_enough_are_read() {
    let list = fresh(
        "Item\tQty\tSize\tQuality\nNewsletter header\t1\t600x200 @2x\tDraft ok\nSkyscraper 160x600\t2\t\thigh\nHero\t1\t1:1\tlow\n",
    );
    assert_eq!((finals(&list), list.refused_rows()), (4, 0), "{list:#?}");
    let told = notes(&list);
    for expected in ["asked for 1200×400", "160×600 is taken from the name", "Draft ok is read as low"] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn crosses_and_ticks_under_sizes_or_channels_are_one_image_each() {
    for mark in ["x", "X", "✓", "✔", "●", "○", "✅"] {
        let list = fresh(&format!("Asset,1080x1080,1080x1920,16:9\nHero,{mark},,{mark}\nCard,,{mark},\n"));
        assert_eq!((finals(&list), list.lines().count()), (3, 3), "{mark}: {list:#?}");
        let list = fresh(&format!("Asset,Instagram,Facebook,Website\nHero,{mark},,{mark}\nCard,,{mark},{mark}\n"));
        assert_eq!((finals(&list), list.lines().count()), (4, 4), "{mark}: {list:#?}");
    }
    let list = fresh("素材,Instagram,LINE,Web\nメイン,○,×,○\nサブ,×,×,○\n");
    assert_eq!(finals(&list), 3, "{list:#?}");
    let list = fresh("Asset,1:1,9:16\nHero,2,x\nCard,-,no\n");
    assert_eq!(finals(&list), 3, "{list:#?}");
    // Beside a count nothing says whether it is of each size.
    let list = fresh("Asset,Qty,1080x1080,1080x1920\nHero,2,x,x\nCard,4,x,\n");
    assert!(finals(&list) == 6 && list.lost_counts(), "{list:#?}");
}

#[test]
fn a_code_and_a_text_above_its_rows_are_a_heading() {
    let list = fresh(
        "Line\tItem\tQty\tSize\nA\tCovers\t\t\nA1\tFront\t3\t1:1\nA2\tBack\t2\t1:1\nB\tWeb\t\t\nB1\tSlider\t4\t16:9\n",
    );
    assert_eq!((list.lines().count(), finals(&list), skipped(&list).len()), (3, 9, 2), "{list:#?}");
    let list = fresh("Pos\tItem\tQty\tSize\n1\tCovers\t\t\n1.1\tFront\t3\t1:1\n1.2\tBack\t2\t1:1\n");
    assert_eq!((list.lines().count(), finals(&list)), (2, 5), "{list:#?}");
    let list = fresh("Line\tItem\tQty\tSize\nA1\tFront\t3\t1:1\nA2\tBack\t\t\nA3\tSide\t1\t1:1\n");
    assert_eq!(list.lines().count(), 3, "an open count is a deliverable: {list:#?}");
}

#[test]
fn each_table_of_markdown_is_read_by_its_own_titles() {
    let first = "| Asset | Qty | Size |\n|---|---|---|\n| Hero | 3 | 1:1 |\n\nLater:\n\n";
    for second in [
        "| Visual | Format | Anzahl | Quality |\n|---|---|---|---|\n| Banner | 16:9 | 2 | high |\n",
        "| Qty | Asset |\n|---|---|\n| 2 | Banner |\n",
        "| Asset | Qty | Size |\n|---|---|---|\n| Banner | 2 | 16:9 |\n",
    ] {
        let list = fresh(&format!("{first}{second}"));
        assert_eq!((list.lines().count(), finals(&list), list.refused_rows()), (2, 5, 0), "{second}: {list:#?}");
    }
}

#[test]
fn answers_are_no_names() {
    let list = fresh("Shot #,Description,Selects,Retouch\n1,Hero bottle,3,Y\n2,Group,2,N\n");
    let names: Vec<&str> = list.lines().map(retake::cost::Line::title).collect();
    assert!(finals(&list) == 5 && !names.contains(&"Y"), "{names:?}");
}

#[test]
fn texts_of_advertisements_are_no_images() {
    let list = fresh("Asset type,Asset,Count\nHeadline,Buy now,5\nImage,Hero,3\nDescription,Long text,4\nLogo,Sun,1\n");
    assert_eq!((finals(&list), skipped(&list).len()), (4, 2), "{list:#?}");
}

#[test]
fn a_count_of_anything_that_is_an_image_is_read() {
    for count in ["4 imgs", "4 img", "4 pics", "4 creatives", "4 assets", "4 slides", "4 Folien"] {
        let list = fresh(&format!("Asset,Qty\nA,{count}\nB,1\n"));
        assert_eq!((crate::beside::finals(&list), list.refused_rows(), list.unsure_rows()), (5, 0, 0), "{count}");
    }
    // Brackets may mean that it is optional.
    let list = fresh("Asset,Qty\nA,(4)\nB,1\n");
    assert_eq!((crate::beside::finals(&list), list.unsure_rows()), (5, 1));
    for negative in ["-4", "(-4)", "−4"] {
        assert_eq!(fresh(&format!("Asset,Qty\nA,{negative}\nB,1\n")).refused_rows(), 1, "{negative}");
    }
}

#[test]
fn creatives_and_assets_are_counted_and_called() {
    for title in ["# Creatives", "Creatives", "Assets needed", "Number of assets", "# Assets", "# images"] {
        let list = fresh(&format!("Name,{title}\nA,3\nB,2\n"));
        assert_eq!((crate::beside::finals(&list), list.lost_counts()), (5, false), "{title}: {list:#?}");
    }
    for title in ["Assets", "Creatives"] {
        let list = fresh(&format!("{title},Qty\nHero,3\nCard,2\n"));
        assert_eq!(list.lines().map(|line| line.title().to_owned()).collect::<Vec<_>>(), ["Hero", "Card"], "{title}");
    }
}

#[test]
fn slides_are_images_of_one_post() {
    let list = fresh("Asset,Qty,Unit\nA,1,5 slides\nB,2,image\nC,2,carousel of 4 slides\n");
    assert_eq!(crate::beside::finals(&list), 15);
    let said = crate::beside::notes(&list);
    assert!(said.contains("1 × 5 = 5 finals") && said.contains("2 × 4 = 8 finals"), "{said}");
}
