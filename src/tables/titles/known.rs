//! The titles that are known whole, in seven languages, by the meaning of their column.

use crate::cost::Knob;
use crate::tables::meanings::Kind;

/// Known titles of each kind, folded, the plainest first: of two columns with one meaning the plainer title wins. The languages
/// follow one another: English, German, French, Spanish, Italian, Japanese, Chinese; a word stands once.
pub(super) const TITLES: &[(Kind, &[&str])] = &[
    (
        Kind::Name,
        &[
            "name | deliverable | deliverables | livrables | entregables | consegne | motifs | asset | asset name | title | item | product name | product",
            "article | subject | motif | creative | visual | picture name | shot name | shot | scene | placement",
            "channel | page | concept | item name | product title | sku | titel | bezeichnung | motiv | produkt",
            "artikel | artikelname | produktname | werbemittel | szene | livrable | nom | titre | designation",
            "intitule | visuel | produit | sujet | libelle | emplacement | nombre del producto | entregable",
            "titulo | producto | pieza | articulo | denominacion | motivo | nome | titolo | prodotto | soggetto",
            "articolo | denominazione | consegna | 素材 | 素材名 | 名称 | 名前 | 商品名 | 商品 | タイトル | 件名 | 品名 | カット | カット名",
            "platzierung | image name | image title | bildname | bildtitel | nom du visuel | nom de l'image",
            "nombre de la imagen | nome immagine | 画像名 | 画像タイトル | 图片名称 | 图名",
            "what | was | quoi | que | cosa | task | content | content title | topic | aufgabe | inhalt | thema | contenu | tache | tarea | contenido | tema | contenuto",
            "制作物 | 成果物 | 媒体 | 掲載面 | 名稱 | 产品 | 產品 | 产品名称 | 商品名称 | 项目 | 項目 | 标题 | 標題 | 物料 | 物料名称 | 主题 | 品名称",
        ],
    ),
    (
        Kind::Knob(Knob::Finals),
        &[
            "finals | final images | selects | quantity | qty | count | pieces | pcs | pc | images | pictures | photos",
            "no of finals | no of images | number of finals | number of images | image count | shots | visuals",
            "variants | variations | versions | final | qnty | quant | final count | n | number | no | # | anzahl",
            "menge | stuck | stueck | stuckzahl | stueckzahl | stk | bilder | anzahl bilder | bildanzahl",
            "varianten | endbilder | fotos | aufnahmen | nr | quantite | qte | nombre d'images",
            "nombre de visuels | visuels | nombre | nb | nbre | nb images | nb d'images | variantes",
            "declinaisons | exemplaires | cantidad | cant | imagenes | numero de imagenes | num imagenes",
            "no imagenes | piezas | variaciones | quantita | q ta | qta | immagini | numero immagini",
            "numero di immagini | n immagini | pezzi | foto | varianti | scatti | numero | 枚数 | 数量 | 点数 | カット数",
            "個数 | 本数 | 画像数 | 納品数 | 必要枚数 | 納品枚数 | バリエーション数 | 数 | 件数 | 數量 | 张数 | 張數 | 图片数 | 图片数量 | 图数 | 幅数 | 数目",
            "份数 | 变体数 | 出图数 | views | no of views | number of views | ansichten | anzahl ansichten | nb de visuels",
            "nombre de vues | vues | vistas | viste | angles | number of angles | no of angles | perspektiven | angulos | angolazioni | アングル数 | 角度数 | 视角数",
            "how many | how many images | wie viele | combien | cuantas | cuantos | quante",
            "illos | illustrations | illustrationen | ilustraciones | illustrazioni | renders | renderings | artworks | イラスト数 | 插图数 | 插画数",
            "pics | stills | anz | gesamtanzahl | gesamtmenge | gesamtzahl | gesamtstuckzahl | bilderzahl | bildzahl | quantite totale | nb total",
            "nombre total | cantidad total | numero total | quantita totale | numero totale | totale immagini | deliverable count | anz bilder",
            "总数 | 總數 | 总张数 | 总数量 | 総数 | 総枚数 | 総点数 | 合計数 | 必要数 | 所要数 | 需求数 | 所需数量 | 需要数量 | 需求数量",
            "creas | total creas | nb creas | nb de creas | creatives | assets | no of creatives | no of assets | number of creatives | number of assets | asset count",
        ],
    ),
    (
        Kind::Knob(Knob::Ratio),
        &[
            "ratio | aspect ratio | aspect | shape | format | orientation | crop | seitenverhaltnis",
            "seitenverhaeltnis | bildformat | ausrichtung | rapport | proportions | ratio d'aspect | cadrage",
            "relacion de aspecto | proporcion | formato | orientacion | proporzioni | proporzione | rapporto",
            "rapporto d'aspetto | orientamento | 比率 | アスペクト比 | 縦横比 | 画角 | フォーマット | 形式 | 向き | 比例 | 宽高比 | 寬高比 | 长宽比",
            "encuadre | inquadratura | 画幅 | 画面比例 | 图片比例 | 格式 | 版式",
        ],
    ),
    (
        Kind::Knob(Knob::Size),
        &[
            "size | dimensions | dimension | resolution | pixels | px | pixel size | sizes | grosse | groesse",
            "abmessungen | abmessung | auflosung | aufloesung | masse | pixel | pixelmasse | taille",
            "resolution px | definition | tamano | medidas | dimensiones | resolucion | pixeles | dimensioni",
            "dimensione | misure | risoluzione | grandezza | サイズ | 寸法 | 解像度 | 画像サイズ | ピクセル | ピクセル数 | 尺寸 | 像素",
            "分辨率 | 解析度 | 大小 | 图片尺寸 | 规格 | res | resol",
        ],
    ),
    (
        Kind::Width,
        &["width | w | width px | breite | largeur | ancho | anchura | larghezza | 幅 | 横幅 | 宽 | 宽度 | 寬"],
    ),
    (
        Kind::Height,
        &["height | h | height px | hohe | hoehe | hauteur | alto | altura | altezza | 高さ | 高 | 高度 | 縦幅"],
    ),
    (
        Kind::Knob(Knob::Quality),
        &[
            "quality | qual | quality level | render quality | qualitat | qualitaet | qualitatsstufe | qualite | calidad",
            "qualita | 品質 | 画質 | クオリティ | 质量 | 品质 | 畫質 | 画质 | 質量 | 精度 | 清晰度",
        ],
    ),
    (
        Kind::Knob(Knob::Retry),
        &[
            "retry factor | retry | retries | retry rate | factor | attempts | tries | attempts per final",
            "faktor | versuche | wiederholungsfaktor | versuche pro bild | facteur | essais | tentatives",
            "reintentos | intentos | fattore | tentativi | リトライ | 試行回数 | 係数 | リトライ係数 | 重试 | 重试系数 | 重试次数 | 系数 | 試行",
            "係數 | iterations | iterationen | iteraciones | iterazioni | 生成回数 | 尝试次数 | 生成次数 | 迭代次数 | リテイク回数",
        ],
    ),
    (
        Kind::Accepted,
        &[
            "accepted | acceptance | acceptance rate | accept rate | approval rate | success rate | hit rate",
            "annahmequote | akzeptanz | akzeptanzquote | erfolgsquote | trefferquote | taux d'acceptation",
            "acceptation | taux de reussite | tasa de aceptacion | aceptacion | tasa de exito",
            "tasso di accettazione | accettazione | 採用率 | 合格率 | 承認率 | 通过率 | 接受率 | 采用率 | 成功率",
        ],
    ),
    (
        Kind::Knob(Knob::Buffer),
        &[
            "buffer | contingency | reserve | puffer | reserve puffer | marge | marge de securite | imprevus",
            "margen | colchon | contingencia | margine | riserva | 予備 | バッファ | 予備率 | 缓冲 | 预留 | 余量",
        ],
    ),
    (
        Kind::Knob(Knob::Model),
        &["model | ai model | image model | modell | ki modell | modele | modelo | modello | モデル | 模型"],
    ),
    (Kind::Knob(Knob::Preset), &["preset", "voreinstellung", "prereglage", "ajuste", "プリセット", "预设"]),
    (
        Kind::Knob(Knob::References),
        &[
            "references | reference | refs | ref | reference images | reference pictures | referenzen",
            "referenzbilder | images de reference | referencias | imagenes de referencia | riferimenti",
            "immagini di riferimento | 参照画像 | 参考画像 | 参考图 | 参考图片",
        ],
    ),
    (
        Kind::Prompt,
        &[
            "prompt",
            "prompts",
            "prompt text",
            "image prompt",
            "full prompt",
            "bildprompt",
            "プロンプト",
            "提示词",
            "提示詞",
        ],
    ),
    (
        Kind::Note,
        &[
            "note | notes | comment | comments | remarks | remark | description | details | briefing | brief",
            "notiz | notizen | bemerkung | bemerkungen | kommentar | hinweis | beschreibung | anmerkung",
            "commentaire | commentaires | remarque | remarques | nota | notas | comentario | comentarios",
            "observaciones | descripcion | commento | commenti | osservazioni | descrizione | annotazioni | 備考",
            "指示 | メモ | 注記 | コメント | 説明 | 备注 | 備註 | 說明 | 说明 | 描述 | 注释",
        ],
    ),
    (
        Kind::Status,
        &[
            "status | state | progress | production status | workflow status | bearbeitungsstand | fortschritt | statut | etat",
            "avancement | estado | progreso | stato | avanzamento | ステータス | 状態 | 状況 | 進捗 | 进度 | 状态 | 進度 | 狀態",
        ],
    ),
    (
        Kind::Units,
        &[
            "units | unit | products | skus | articles | items | looks | styles | sku count | number of skus",
            "number of products | number of units | no of skus | no of products | colours | colors | colourways",
            "colorways | einheiten | produkte | anzahl artikel | anzahl produkte | artikelanzahl | farben",
            "unites | produits | nombre de produits | nb produits | references produits | coloris | unidades",
            "productos | articulos | colores | numero de productos | unita | prodotti | articoli | colori",
            "sku qty | product count | item count | article count | number of articles | number of items | no of items | anzahl skus",
            "numero prodotti | 商品数量 | sku数量 | 商品個数 | アイテム数量 | 商品数 | 品数 | SKU数 | アイテム数 | 色数 | 产品数 | 产品数量 | 款数 | 单品数",
        ],
    ),
];
