//! Rows that no image is made for: videos, texts, sound, places, print runs and services; and rows that wait for approval.

use crate::beside::{finals, notes, skipped};
use crate::fresh;

#[test]
fn a_row_of_another_medium_is_passed_over_and_told() {
    for name in [
        "In-Feed Video 15s",
        "Produktvideo",
        "Vidéo making-of",
        "Vídeo del evento",
        "Radio spot Q3",
        "TikTok 動画",
        "产品视频",
        "Rédaction des accroches",
        "POP文言作成",
        "Google Search Textanzeigen",
        "Copywriting",
        "Druckauflage",
        "Testi newsletter",
    ] {
        let list = fresh(&format!("Asset\tQty\tSize\nHero\t3\t1:1\n{name}\t2\t9:16\nCard\t1\t1:1\n"));
        assert_eq!((finals(&list), skipped(&list).len(), list.unsure_rows()), (4, 1, 0), "{name}: {list:#?}");
        assert!(skipped(&list)[0].1.contains("no image is made for it"), "{name}");
    }
    for image in [
        "Video thumbnail",
        "Textilien",
        "Text overlay",
        "Reel cover + 20s reel",
        "動画サムネイル",
        "视频封面",
        "Vintage radio",
    ] {
        let list = fresh(&format!("Asset\tQty\tSize\nHero\t3\t1:1\n{image}\t2\t9:16\n"));
        assert_eq!((finals(&list), list.unsure_rows()), (5, 0), "{image}: {list:#?}");
    }
    for unsure in ["Video wall", "Animated GIF", "Instagram Reels", "Video game controller"] {
        let list = fresh(&format!("Asset\tQty\tSize\nHero\t3\t1:1\n{unsure}\t2\t9:16\n"));
        assert_eq!((finals(&list), list.unsure_rows()), (5, 1), "{unsure}: {list:#?}");
        assert!(notes(&list).contains("an image: it counts"), "{unsure}");
    }
}

#[test]
fn a_column_of_media_or_file_types_decides_before_the_name() {
    for (title, other) in [
        ("Type", "Video"),
        ("Medium", "Radio"),
        ("Dateityp", "MP4"),
        ("File type", "mov"),
        ("Type de fichier", "Texte"),
        ("Tipo", "Texto"),
        ("Tipo di contenuto", "Testo"),
        ("種別", "動画"),
        ("类型", "视频"),
        ("Art", "Text"),
        ("Medium", "Location"),
        ("Medium", "Print run"),
    ] {
        let list = fresh(&format!(
            "Asset\t{title}\tQty\tSize\nHero\tJPG\t3\t1:1\nTeaser\t{other}\t2\t9:16\nCard\tPNG\t1\t1:1\n"
        ));
        assert_eq!((finals(&list), skipped(&list).len()), (4, 1), "{title} {other}: {list:#?}");
    }
    let list = fresh("Asset\tDateityp\tQty\nStation Video\tJPG (Standbild)\t2\nHero\tPNG\t1\n");
    assert_eq!((finals(&list), list.unsure_rows()), (3, 0), "{list:#?}");
    let list = fresh("Asset\tQty\tBrief\nHero\t3\tsunny\nAccroches\t8\ttextes seulement\n");
    assert_eq!((finals(&list), skipped(&list).len()), (3, 1), "{list:#?}");
}

#[test]
fn services_are_charges_where_the_row_has_an_amount_and_unsure_where_it_has_none() {
    for service in [
        "Location studio (1 jour)",
        "Studio hire",
        "Studiomiete",
        "Alquiler de estudio",
        "Noleggio studio",
        "スタジオ代",
        "场地租赁",
    ] {
        let list = fresh(&format!("Item;Size;Qty;Cost\nHero;1:1;3;90\nCard;1:1;2;40\n{service};;1;750\n"));
        assert_eq!((finals(&list), skipped(&list).len()), (5, 1), "{service}: {list:#?}");
        let list = fresh(&format!("Item;Size;Qty\nHero;1:1;3\nCard;1:1;2\n{service};;1\n"));
        assert_eq!((finals(&list), list.unsure_rows()), (6, 1), "{service}: {list:#?}");
    }
    let list = fresh("Item\tQty\tSize\nHero\t3\t1:1\nLUNCH 13:00–13:45\t\t\nCard\t1\t1:1\n");
    assert_eq!((list.lines().count(), finals(&list)), (2, 4), "{list:#?}");
}

#[test]
fn what_waits_for_approval_counts_and_what_is_on_hold_does_not() {
    for pending in [
        "Pending",
        "tbc",
        "En attente",
        "En espera",
        "In attesa",
        "ausstehend",
        "確認待ち",
        "待审核",
        "Pending approval",
    ] {
        let list = fresh(&format!("Asset\tQty\tStatus\nHero\t3\tapproved\nCard\t2\t{pending}\n"));
        assert_eq!(finals(&list), 5, "{pending}: {list:#?}");
        assert!(notes(&list).contains(&format!("Status is {pending}: it counts")), "{pending}: {}", notes(&list));
    }
    for held in ["on hold", "zurückgestellt", "en suspens", "en pausa", "sospeso", "保留", "搁置", "cancelled", "done"]
    {
        let list = fresh(&format!("Asset\tQty\tStatus\nHero\t3\tapproved\nCard\t2\t{held}\n"));
        assert_eq!((finals(&list), skipped(&list).len()), (3, 1), "{held}: {list:#?}");
    }
}

#[test]
fn a_count_of_another_medium_passes_its_row_over() {
    for count in ["1 video", "2 Videos", "1 Vidéo", "3 Textanzeigen", "2 動画", "1 spot 20s"] {
        let list = fresh(&format!("Asset\tQty\nHero\t3\nLaunch\t{count}\nCard\t1\n"));
        assert_eq!((finals(&list), skipped(&list).len(), list.unsure_rows()), (4, 1, 0), "{count}: {list:#?}");
        assert!(skipped(&list)[0].1.contains(count), "{count}");
    }
    for count in ["2 GIFs", "2 animations"] {
        let list = fresh(&format!("Asset\tQty\nHero\t3\nLaunch\t{count}\nCard\t1\n"));
        assert_eq!((finals(&list), skipped(&list).len(), list.unsure_rows()), (6, 0, 1), "{count}: {list:#?}");
    }
}

#[test]
fn the_first_word_decides_in_a_list_of_a_language_where_it_does() {
    for titles in ["Nome,Quantità", "Titolo,Immagini", "Livrable,Quantité", "Pieza,Cantidad"] {
        let list = fresh(&format!("{titles}\nFoto prodotto,3\nVideo tutorial,2\nVideo thumbnail,1\n"));
        assert_eq!((finals(&list), skipped(&list).len(), list.unsure_rows()), (4, 1, 0), "{titles}: {list:#?}");
    }
    let list = fresh("Name,Qty\nHero,3\nVideo tutorial,2\n");
    assert_eq!((finals(&list), list.unsure_rows()), (5, 1));
}
