//! Exports of usage and bills are refused; lists with costs are not.

use crate::beside::finals;
use crate::fresh;

#[test]
fn exports_of_usage_and_bills_are_refused_with_where_they_belong() {
    for text in [
        "start_time,end_time,images,num_model_requests,size,source,model,project_id\n1,2,31,31,1024x1024,image.generation,gpt-image-1,p\n",
        "timestamp,model,n,size,quality,cost_usd,input_tokens,output_tokens\n2026-11-01T10:00:00Z,gpt-image-2,1,1024x1024,high,0.21,30,4160\n",
        "created_at,model,images,size,cost,input_tokens,output_tokens\n2026-11-01,gpt-image-2,1,1024x1024,0.21,30,4160\n",
        "Description,Qty,Rate,Amount,Currency\nProduct shots,12,40,480,USD\n",
        "Rechnungsnummer;Position;Menge;Einzelpreis;Gesamtpreis\nR-1;Bilder;12;40;480\n",
        "Facture n°;Désignation;Quantité;PU HT;Montant HT;TVA\nF-1;Visuels;12;40;480;96\n",
        "Factura n.º;Concepto;Cantidad;Precio unitario;Importe\nF-1;Fotos;12;40;480\n",
        "Fattura n.;Descrizione;Quantità;Prezzo unitario;Importo\nF-1;Foto;12;40;480\n",
        "请款单,名称,数量,单价,金额,税额\n1,图片,12,40,480,28\n",
        "发票号,名称,数量,单价,金额\n1,图片,12,40,480\n",
        "請求書番号,品名,数量,単価,金額\n1,画像,12,40,480\n",
        "Invoice no.,Description,Qty,Unit cost,Total\nI-1,Images,12,40,480\n",
        "Concepto;Cantidad;Precio unitario;Importe\nFotos;12;40;480\nIVA 21 %;;;100,80\nTotal factura;;;580,80\n",
        "Leistung;Menge;Einzelpreis;Betrag\nBilder;12;40;480\nMwSt 19 %;;;91,20\nRechnungsbetrag;;;571,20\n",
        "Invoice 2026-11\nDescription,Qty,Rate,Amount\nImages,12,40,480\n",
        "ServiceName,UsageQuantity,UsageUnit,PreTaxCost,Currency\nOpenAI,31,images,6.2,USD\n",
    ] {
        let list = fresh(text);
        let Some(why) = &list.refused else { panic!("{text}: {list:#?}") };
        assert!(why.message.contains("bill") || why.remedy.contains("bill"), "{why:?}");
    }
}

#[test]
fn lists_with_costs_stay_lists() {
    for (text, count) in [
        ("Asset,Size,Qty,Cost,Input tokens,Output tokens\nA,1024x1024,3,1,30,4160\n", 3),
        ("Deliverable,Qty,Rate per image,Total cost\nHero,3,40,120\n", 3),
        ("Deliverable,Qty,Rate,Amount,Currency\nHero,3,40,120,EUR\n", 3),
        ("Item,Qty,Rate,Amount\nHero,3,40,120\n", 3),
        ("Motiv;Menge;Einzelpreis;Gesamtpreis;MwSt\nTür;3;40;120;19 %\n", 3),
        ("Pos.;Leistung;Menge;Einzelpreis;Gesamtpreis\n1;Tür;3;40;120\n2;Tor;4;40;160\n", 7),
        ("Asset,Size,Qty,Cost,Invoice no.\nHero,1:1,3,120,I-1\n", 3),
        ("Asset,Qty,Cost\nInvoice icon,3,40\nTotal,3,40\n", 3),
    ] {
        let list = fresh(text);
        assert!(list.refused.is_none(), "{text}: {list:#?}");
        assert_eq!(finals(&list), count, "{text}: {list:#?}");
    }
}
