//! Counts that multiply one another, totals beside their parts, and titles that look like a count, a retry factor or tokens.

use crate::beside::finals;
use crate::fresh;
use retake::cost::Knob;
use retake::tables::{ColumnUse, Kind, Unused};

#[test]
fn a_total_counts_one_deliverable_unless_its_parts_say_how_the_image_is_made() {
    let list = fresh(
        "Article,Colour,Front,Back,On model,Model release,Total images,Priority\n\
         Shoe 11,red,1,1,2,yes,4,A\nShoe 12,blue,1,1,0,no,2,B\n",
    );
    assert_eq!((list.lines().count(), finals(&list)), (2, 6), "{list:#?}");
    assert!(list.lines().all(|line| line.settings.value(Knob::Model).is_none()));
    for (titles, lines) in [
        ("Front,Back,Total", 1),
        ("Instagram,Facebook,Total images", 1),
        ("Vorne;Hinten;Gesamt", 1),
        ("Face;Dos;Total", 1),
        ("Frontal;Trasera;Total", 1),
        ("Fronte;Retro;Totale", 1),
        ("正面,背面,合計", 1),
        ("主图,细节图,合计", 1),
        ("1:1,9:16,Total", 2),
        ("Feed 4:5,Story 9:16,Total images", 2),
        ("1080x1080,1080x1920,Total", 2),
        ("Square,Portrait,Total", 2),
        ("Hochformat;Querformat;Gesamt", 2),
        ("縦長,正方形,合計", 2),
    ] {
        let separator = if titles.contains(';') { ';' } else { ',' };
        let list = fresh(&format!("Name,{titles}\nA,3,2,5\nB,1,1,2\n").replace(',', &separator.to_string()));
        assert_eq!((list.lines().count(), finals(&list), list.lost_counts()), (lines * 2, 7, false), "{titles}");
    }
}

#[test]
fn only_output_tokens_are_measured() {
    for title in [
        "Input tokens",
        "Image input tokens",
        "input_tokens",
        "Prompt tokens",
        "Text tokens",
        "Cached input tokens",
        "Total tokens",
        "Eingabe-Tokens",
        "Entrée tokens",
        "Entrada tokens",
        "Ingresso tokens",
        "入力 tokens",
        "输入 tokens",
        "Max tokens",
    ] {
        let list = fresh(&format!("Asset,Qty,{title}\nA,100,30\n"));
        assert!(list.lines().all(|line| line.settings.value(Knob::Measured).is_none()), "{title}: {list:#?}");
        assert_eq!((finals(&list), list.lost_counts()), (100, false), "{title}");
    }
    for title in ["Tokens", "Output tokens", "Image output tokens", "Measured tokens"] {
        let list = fresh(&format!("Asset,Qty,{title}\nA,100,30\n"));
        assert!(list.lines().all(|line| line.settings.value(Knob::Measured).is_some()), "{title}: {list:#?}");
    }
}

#[test]
fn units_and_finals_of_each_multiply_in_every_language() {
    for (titles, cells, product) in [
        ("Kategorie;Artikel;Bilder je Artikel", "Bohrer;12;4", 48),
        ("Kategorie;Artikel;Bilder pro Artikel", "Bohrer;12;4", 48),
        ("Kategorie;Produkte;Bilder je Produkt", "Bohrer;12;4", 48),
        ("Range,SKUs,Views", "Drills,12,4", 48),
        ("Range,SKUs,Angles", "Drills,12,4", 48),
        ("Product,Colours,Views", "Tee,4,3", 12),
        ("Produit;Coloris;Vues", "Tee;4;3", 12),
        ("Producto;Colores;Vistas", "Tee;4;3", 12),
        ("Prodotto;Colori;Viste", "Tee;4;3", 12),
        ("Produkt;Farben;Ansichten", "Tee;4;3", 12),
        ("Category,SKU count,Img per SKU", "Drills,12,4", 48),
        ("Category,Number of SKUs,Number of angles", "Drills,12,4", 48),
        ("SKU,Item,Quantity,Images per item", "L-1,Lamp,100,3", 300),
        ("Category,Items,Pics/item", "Drills,12,4", 48),
        ("Catégorie;Références;Photos par référence", "Bohrer;12;4", 48),
        ("Categoría;Artículos;Fotos por artículo", "Bohrer;12;4", 48),
        ("Categoria;Articoli;Foto per articolo", "Bohrer;12;4", 48),
        ("カテゴリ,商品数,1商品あたりの枚数", "椅子,12,4", 48),
        ("カテゴリ,商品数,商品ごとの枚数", "椅子,12,4", 48),
        ("カテゴリ,SKU数,1SKUあたりのカット数", "椅子,12,4", 48),
        ("品类,SKU数量,每个SKU图片数", "椅子,12,4", 48),
        ("品类,商品数量,每个商品张数", "椅子,12,4", 48),
        ("品类,款数,每款图片数量", "椅子,12,4", 48),
        ("Post type,Posts per week,Weeks,Images per post", "Reel,3,4,1", 12),
        ("Post;Posts pro Woche;Wochen;Bilder pro Post", "Reel;3;4;1", 12),
        ("Format;Posts par semaine;Semaines;Visuels par post", "Reel;3;4;2", 24),
        ("Category,Products,Colours per product,Images per colour", "Tee,2,3,4", 24),
    ] {
        let list = fresh(&format!("{titles}\n{cells}\n"));
        assert_eq!((finals(&list), list.lost_counts()), (product, false), "{titles}: {list:#?}");
    }
}

#[test]
fn a_factor_that_may_multiply_is_told_and_never_dropped_in_silence() {
    for titles in [
        "Category,Products,Shots",
        "Asset,Markets,Images",
        "Asset,Languages,Qty",
        "Kategorie,Produkte,Bilder",
        "Motiv,Sprachen,Anzahl",
        "Visuel,Langues,Quantité",
        "Pieza,Idiomas,Cantidad",
        "Contenuto,Lingue,Quantità",
        "素材,言語数,枚数",
        "素材,语言数,数量",
        "Post type,Posts per week,Images per post",
    ] {
        let list = fresh(&format!("{titles}\nA,12,4\n"));
        assert!(list.lost_counts(), "{titles}: {list:#?}");
        assert_eq!(finals(&list), 4, "{titles}");
    }
    for (titles, count) in [("Asset,Markets,Total images", 4), ("Deliverable,Markets,Images,Total", 4)] {
        let cells = if titles.ends_with("Total") { "A,2,2,4" } else { "A,2,4" };
        let list = fresh(&format!("{titles}\n{cells}\n"));
        assert_eq!((finals(&list), list.lost_counts()), (count, false), "{titles}: {list:#?}");
    }
}

#[test]
fn what_is_in_stock_is_no_count() {
    for title in [
        "Stock",
        "Stocks",
        "In stock",
        "Stock quantity",
        "Lagerbestand",
        "Lagermenge",
        "Menge auf Lager",
        "Quantité en stock",
        "Cantidad en existencias",
        "Quantità in magazzino",
        "在庫数",
        "在庫数量",
        "库存",
        "库存数量",
        "Slots",
        "Shoes",
    ] {
        let list = fresh(&format!("Name,{title}\nDrill,30\n"));
        assert_eq!((finals(&list), list.lost_counts()), (0, true), "{title}: {list:#?}");
    }
}

#[test]
fn totals_of_images_and_counts_of_deliverables_are_counts() {
    for title in [
        "Image total",
        "Images total",
        "Total images",
        "Photo total",
        "Deliverables",
        "Livrables",
        "Entregables",
        "Total de imágenes",
        "Total d'images",
        "Totale immagini",
        "合計枚数",
    ] {
        let list = fresh(&format!("Asset,{title}\nA,6\n"));
        assert_eq!((finals(&list), list.lost_counts()), (6, false), "{title}: {list:#?}");
    }
    let names = fresh("Asset,Product\nA,6\n");
    assert!(names.lost_counts(), "{names:#?}");
    let empty = fresh("Product,Colours,Views,Total images\nTee,4,3,\n");
    assert_eq!(finals(&empty), 12, "{empty:#?}");
    assert_eq!(empty.columns[3].taken, ColumnUse::Unused(Unused::Empty));
}

#[test]
fn attempts_for_each_image_are_the_retry_factor() {
    for title in [
        "Attempts per image",
        "Tries per final",
        "Attempts/final",
        "Iterations",
        "Iterations per image",
        "Generations per final",
        "Versuche je Bild",
        "Versuche/Bild",
        "Generierungen pro Bild",
        "Essais par image",
        "Générations par visuel",
        "Intentos por imagen",
        "Tentativi per immagine",
        "Factor de reintento",
        "Facteur de reprise",
        "Fattore di ripetizione",
        "1枚あたりの試行回数",
        "生成回数",
        "每张尝试次数",
        "生成次数",
    ] {
        let list = fresh(&format!("Name,{title}\nA,3\n"));
        assert_eq!(list.columns[1].kind(), Some(Kind::Knob(Knob::Retry)), "{title}: {list:#?}");
    }
}
