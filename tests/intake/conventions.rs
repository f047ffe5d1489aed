//! Conventions of real lists: titles in two rows, printed sizes, size classes, spots, carousels, footnotes, shared names.

use crate::beside::{finals, notes, skipped};
use crate::{fresh, fresh_file};
use retake::cost::{Knob, Line};
use retake::tables::ParsedList;
use retake::words;

fn value(line: &Line, knob: Knob) -> String {
    line.settings.value(knob).map_or_else(String::new, words::value)
}

fn names(list: &ParsedList) -> Vec<&str> {
    list.lines().map(Line::title).collect()
}

#[test]
fn titles_below_one_title_of_counts_count() {
    // Merged down, a title stands in both rows; saved as a text, it leaves gaps.
    for (below, repeated) in [("Item\t\tM1 Cabin\tM2 Sauna\tTotal\tSize", true), ("\t\tM1 Cabin\tM2 Sauna\t\t", false)]
    {
        let below = if repeated { below.replace("\t\t", "\t") } else { below.replace("\t\tM1", "\tM1") };
        let list = fresh(&format!(
            "Item\tImages per motif\t\tTotal\tSize\n{below}\nPoster\t1\t2\t3\t1:1\nCard\tx\t–\t1\t4:5\n"
        ));
        assert_eq!((finals(&list), list.refused_rows(), list.lost_counts()), (4, 0, false), "{repeated}: {list:#?}");
        assert!(list.columns[1].sentence().contains("another column holds"), "{:?}", list.columns[1].sentence());
    }
    let list = fresh("Item\tQty\t\t\tNote\n\tFront view\tCut open\tIn use\t\nBowl\t1\t2\t\t\nCup\t\t\t3\tblue\n");
    assert_eq!((finals(&list), list.refused_rows()), (6, 0), "{list:#?}");
    assert_eq!(names(&list), ["Bowl · Front view", "Bowl · Cut open", "Cup · In use"]);
    // A first row of values stays a row.
    let list = fresh("Item\tQty\tNote\nBowl\t1\tBowl\n");
    assert_eq!(finals(&list), 1, "{list:#?}");
}

#[test]
fn a_total_is_the_sum_of_its_parts_also_where_dropped_rows_are_not_in_it() {
    let list = fresh(
        "Item\tStatus\tFeed\tStory\tTotal\nHero\topen\t1\t2\t3\nCard\ton hold\t1\t1\t0\nOld\tArchiv\t2\t2\t0\nPin\topen\t1\t1\t2\n",
    );
    assert_eq!((finals(&list), list.lines().count(), list.lost_counts()), (5, 2, false), "{list:#?}");
}

#[test]
fn a_count_of_time_or_of_another_medium_is_no_image() {
    for count in ["14 h", "2 days", "3 Std.", "2 jours", "3時間", "Video", "1 video", "Radio"] {
        let list = fresh(&format!("Item\tQty\tNote\nHero\t3\t\nRest\t{count}\t\nCard\t1\t\n"));
        assert_eq!((finals(&list), list.refused_rows(), skipped(&list).len()), (4, 0, 1), "{count}: {list:#?}");
    }
    for title in ["Duration", "Durée", "Dauer", "时长"] {
        for time in ["30 s", "0:15", "15\"", "20 sec"] {
            let cell = time.replace('"', "″");
            let list = fresh(&format!("Item\tQty\t{title}\nHero\t3\t\nPre-roll\t1\t{cell}\n"));
            assert_eq!((finals(&list), skipped(&list).len()), (3, 1), "{title} {time}: {list:#?}");
        }
        let list = fresh(&format!("Item\tQty\t{title}\nHero\t3\t2 weeks\nCard\t1\tlong\n"));
        assert_eq!(finals(&list), 4, "{title}: {list:#?}");
    }
}

#[test]
fn a_size_class_is_a_size_under_any_title_and_pixels_are_more_exact() {
    for title in ["Quality", "Qual.", "Res", "Resolution", "清晰度"] {
        let list = fresh(&format!(
            "Item\tQty\tFormat\t{title}\nPoster\t1\t594 x 841 mm\t4K\nFeed\t2\t4:5\t2K\nBanner\t3\t1024x1024\t4K (min.)\n"
        ));
        let sizes: Vec<String> = list.lines().map(|line| value(line, Knob::Size)).collect();
        assert_eq!(sizes, ["4k", "2k", "1024×1024"], "{title}: {list:#?}");
        assert_eq!((finals(&list), list.refused_rows()), (6, 0), "{title}: {list:#?}");
        assert!(notes(&list).contains("4K (min.) is left open"), "{title}: {}", notes(&list));
        assert!(list.notes.iter().any(|note| note.contains("every row takes the project's")), "{title}: {list:#?}");
    }
    let list = fresh(
        "Item\tQty\tSize\tRes\nPoster\t1\t18 × 24 in\t4K\nCard\t2\t2 x 6 in\t2K\nPost\t1\t1024x1024\t2K\nFilm\t1\t1:1\tHD\n",
    );
    let sizes: Vec<String> = list.lines().map(|line| value(line, Knob::Size)).collect();
    assert_eq!((sizes.join(","), list.refused_rows()), ("4k,2k,1024×1024,".to_owned(), 0), "{list:#?}");
    let list = fresh("Item\tQty\tQuality\nPoster\t1\t4K\nCard\t2\thigh\n");
    assert!(!list.notes.iter().any(|note| note.contains("every row takes")), "{list:#?}");
}

#[test]
fn a_format_that_most_rows_use_for_something_else_stays_open_there() {
    let list = fresh(
        "Item\tFormat\tQty\nShelter\tAbribus\t2\nWall\t4x3\t1\nPlatform\tQuai\t2\nPaper\t1/2 page\t1\nMagazine\tPleine page\t1\nHead\ts. Specs\t1\n",
    );
    assert_eq!((finals(&list), list.refused_rows()), (8, 0), "{list:#?}");
    let ratios: Vec<String> = list.lines().map(|line| value(line, Knob::Ratio)).collect();
    assert_eq!(ratios, ["", "4:3", "", "", "", ""], "{list:#?}");
    assert!(notes(&list).contains("Abribus is left open"), "{}", notes(&list));
    for elsewhere in ["s. Specs", "see brief", "siehe Anlage", "voir annexe", "参见规格"] {
        let list = fresh(&format!("Item\tQty\tSize\nA\t1\t1:1\nB\t2\t{elsewhere}\nC\t1\t4:5\n"));
        assert_eq!((finals(&list), list.refused_rows()), (4, 0), "{elsewhere}: {list:#?}");
        assert!(notes(&list).contains(&format!("{elsewhere} is left open")), "{elsewhere}");
    }
}

#[test]
fn a_remark_tells_how_many_of_each_size() {
    for (count, remark, all) in
        [("3", "1 je Format", 3), ("6", "2 per size", 6), ("2", "je Format 2 Varianten", 6), ("", "1 par format", 3)]
    {
        let list = fresh(&format!(
            "Item\tQty\tSize\tNote\nHero\t1\t1:1\t\nSet\t{count}\t300x250 / 728x90 / 160x600\t{remark}\n"
        ));
        assert_eq!((finals(&list), list.refused_rows()), (1 + all, 0), "{count} {remark}: {list:#?}");
    }
    let list = fresh("Item\tQty\tSize\tNote\nHero\t1\t1:1\t\nSet\t5\t300x250 / 728x90\t2 per size\n");
    assert_eq!((finals(&list), list.refused_rows()), (1, 1), "{list:#?}");
}

#[test]
fn a_spot_is_what_the_other_types_of_its_list_make_it() {
    let list = |types: [&str; 2]| {
        fresh(&format!("Scene\tType\tQty\nEgg\tspot\t2\nSea\t{}\t1\nLamp\t{}\t1\n", types[0], types[1]))
    };
    for book in [["full", "spread"], ["half", "vignette"], ["Doppelseite", "halbe Seite"], ["pleine page", "demi-page"]]
    {
        let list = list(book);
        assert_eq!((finals(&list), list.unsure_rows()), (4, 0), "{book:?}: {list:#?}");
    }
    for ads in [["Radio", "Banner"], ["TV", "Poster"], ["video", "image"]] {
        let list = list(ads);
        assert!(skipped(&list).iter().any(|(_, why)| why.contains("spot")), "{ads:?}: {list:#?}");
    }
    let list = list(["hero", "card"]);
    assert_eq!((finals(&list), list.unsure_rows()), (4, 1), "{list:#?}");
}

#[test]
fn carousels_and_slides_are_their_images() {
    for (count, number, unsure) in [
        ("1 × 6 slides", 6, 0),
        ("2x5 slides", 10, 0),
        ("carousel of 4", 4, 0),
        ("1 carrusel de 5", 5, 0),
        ("2 Karussells mit 3", 6, 0),
        ("8屏", 8, 0),
        ("2-3 slides", 3, 1),
        ("1 + 1 opcional", 2, 1),
    ] {
        let list = fresh(&format!("Item\tQty\nHero\t1\nPost\t{count}\nCard\t1\n"));
        assert_eq!((finals(&list), list.unsure_rows()), (2 + number, unsure), "{count}: {list:#?}");
    }
    let list = fresh("Item\tQty\nHero\t1\nPost\t5 carousels\n");
    assert_eq!((finals(&list), list.refused_rows()), (1, 1), "{list:#?}");
}

#[test]
fn footnotes_and_what_is_struck_through_are_no_deliverables() {
    for note in ["* per motif", "Note: all in sRGB", "※ 仮の枚数", "Hinweis: nur Text", "注：保留分层"] {
        let list = fresh(&format!("Item\tQty\tSize\nHero\t1\t1:1\nCard\t2\t1:1\n{note}\t\t\n"));
        assert_eq!((list.lines().count(), list.refused_rows()), (2, 0), "{note}: {list:#?}");
        assert!(skipped(&list)[0].1.contains("is a remark"), "{note}");
    }
    let list = fresh("| Item | Qty |\n|---|---|\n| Hero | ~~2~~ 3 |\n| ~~Medal~~ | ~~1~~ |\n| Note card | 1 |\n");
    assert_eq!((finals(&list), skipped(&list).len(), list.refused_rows()), (4, 1, 0), "{list:#?}");
    assert!(skipped(&list)[0].1.contains("Medal is struck through"), "{list:#?}");
    for name in ["Roll-up (crop of cover, no new pic)", "Reprise (kein neues Bild)"] {
        let list = fresh(&format!("Item\tQty\nHero\t1\n{name}\t1\n"));
        assert_eq!((finals(&list), list.unsure_rows()), (2, 1), "{name}: {list:#?}");
    }
}

#[test]
fn names_that_rows_share_begin_those_that_tell_them_apart() {
    let list =
        fresh("Product\tAngle\tQty\nCup\tFront\t1\nCup\tHand holding it\t2\nBowl\tFront\t1\nBowl\tUnboxing video\t1\n");
    assert_eq!(names(&list), ["Cup · Front", "Cup · Hand holding it", "Bowl · Front"], "{list:#?}");
    assert_eq!((finals(&list), skipped(&list).len()), (4, 1), "{list:#?}");
    // Texts that repeat, or that belong to few rows, tell nothing apart.
    let list = fresh("Product\tAgency\tQty\nCup\tNorth\t1\nBowl\tNorth\t2\nDish\tSouth\t1\n");
    assert_eq!(names(&list), ["Cup", "Bowl", "Dish"], "{list:#?}");
}

#[test]
fn words_that_only_sums_begin_with_are_sums_whatever_they_sum() {
    for sum in ["Summe Nachtrag", "Sous-total affichage", "Subtotal A", "小计 A", "Zwischensumme OOH"] {
        let list = fresh(&format!("Item\tQty\tSize\nHero\t20\t1:1\nCard\tmany\t1:1\n{sum}\t12\t\nPin\t1\t1:1\n"));
        assert_eq!((finals(&list), list.refused_rows()), (21, 1), "{sum}: {list:#?}");
    }
    let list = fresh("Item\tQty\tSize\nHero\t20\t1:1\nTotal look\t12\t4:5\n");
    assert_eq!(finals(&list), 32, "{list:#?}");
}

#[test]
fn a_text_of_central_europe_is_read_as_what_it_is_and_told() {
    let text = "Nazwa;Liczba;Qty\nŻurek w chlebie;a;1\nGołąbki wegańskie;b;2\nRazem zupy;;3\nPączek z różą;c;1\n";
    let list = fresh_file(&encoding_rs::WINDOWS_1250.encode(text).0);
    assert!(names(&list).contains(&"Gołąbki wegańskie"), "{list:#?}");
    assert!(list.notes[0].contains("Windows-1250, of Central Europe"), "{:?}", list.notes);
}
