//! Rows of a budget or a form that are no deliverables: taxes, discounts, fees, and lines to sign on, in seven languages.

use crate::tables::letters::{Words, folded, has, words};

/// What is charged beside pictures, folded: the whole name, apart from its share and brackets.
static CHARGES: Words = Words::of(&[
    "vat | tax | taxes | sales tax | gst | contingency | contingencies | discount | rebate | rounding | shipping | handling",
    "agency fee | fee | fees | service fee | management fee | travel costs | travel expenses | other costs | expenses | overhead",
    "mwst | ust | umsatzsteuer | mehrwertsteuer | unvorhergesehenes | rabatt | nachlass | skonto | versandkosten | porto",
    "agenturhonorar | honorar | honorare | reisekosten | spesen | nebenkosten | sonstige kosten | rundung",
    "tva | imprevus | aleas | remise | rabais | escompte | frais | frais de port | frais d'agence | frais divers | honoraires | arrondi",
    "iva | contingencia | contingencias | imprevistos | descuento | gastos | gastos de envio | honorarios | otros gastos | redondeo",
    "imprevisti | sconto | spese | spese di spedizione | onorario | onorari | altre spese | arrotondamento",
    "消費税 | 税 | 税金 | 予備費 | 値引 | 値引き | 割引 | 送料 | 諸経費 | 手数料 | 管理費 | 端数",
    "增值税 | 税费 | 税额 | 不可预见费 | 预备费 | 折扣 | 优惠 | 运费 | 服务费 | 管理费 | 其他费用 | 杂费",
]);

/// Words that may stand around a charge, folded.
static AROUND: Words = Words::of(&[
    "plus | incl | excl | ex | of | zzgl | inkl | exkl | zuzuglich | von | de | a | di | al | aus | sur | su | sobre | 含",
]);

/// What a line to sign on begins with, folded.
static SIGNED: Words = Words::of(&[
    "approved by | approval | approved | signed by | signed | signature | signed off by | sign off | prepared by | checked by",
    "freigegeben von | freigegeben durch | freigabe durch | freigabe | genehmigt von | genehmigt durch | genehmigt | unterschrift",
    "gepruft von | erstellt von | approuve par | valide par | bon pour accord | signe par | etabli par | verifie par",
    "aprobado por | aprobado | firma | firmado por | revisado por | elaborado por | approvato da | approvato | firmato da",
    "verificato da | redatto da | 承認者 | 承認 | 承認印 | 署名 | 確認者 | 確認印 | 作成者 | 批准人 | 批准 | 审批人 | 审批 | 签字 | 签名 | 审核人 | 审核",
]);

/// Whether a name is that of a charge and says nothing else: `VAT 20 %`, `Contingency (5 %)`.
pub(super) fn is_charge(name: &str) -> bool {
    // No charge is called by a long name.
    if name.is_empty() || name.len() > 80 {
        return false;
    }
    let plain = folded(name);
    let outside = plain.split(['(', '[']).next().unwrap_or_default();
    let letters = outside.replace(|c: char| !c.is_alphabetic() && c != '\'', " ");
    let kept: Vec<&str> = letters.split_whitespace().filter(|word| !has(&AROUND, word)).collect();
    let bare = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    has(&CHARGES, &kept.join(" ")) || has(&CHARGES, &bare)
}

/// Whether a name is a line to sign on: `Approved by: ______`.
pub(super) fn is_to_sign(name: &str) -> bool {
    if name.is_empty() || name.len() > 200 {
        return false;
    }
    let plain = folded(name.trim());
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([':', '_', '.', '…']);
    words(&SIGNED).any(|begin| plain.strip_prefix(begin).is_some_and(|rest| ends(rest.trim_start())))
}

#[cfg(test)]
mod tests {
    use super::{is_charge, is_to_sign};

    #[test]
    fn charges_and_lines_to_sign_are_known_by_their_whole_name() {
        let charges = [
            "VAT 20 %",
            "Contingency 5 %",
            "zzgl. MwSt. 19 %",
            "TVA (20 %)",
            "IVA 22%",
            "imprevisti",
            "消費税 10%",
            "增值税",
            "Agenturhonorar (Mediaplanung)",
            "Frais d’agence",
            "gastos de envío",
        ];
        charges.iter().for_each(|charge| assert!(is_charge(charge), "{charge}"));
        for picture in ["Tax return hero", "Discount banner", "Hero", "Fee-free poster", "税の説明図", ""] {
            assert!(!is_charge(picture), "{picture}");
        }
        let signed = [
            "Approved by: ____",
            "Freigegeben von:",
            "Approuvé par : ___",
            "Firma:",
            "承認者：",
            "审批人",
            "Signature",
        ];
        signed.iter().for_each(|line| assert!(is_to_sign(line), "{line}"));
        for picture in ["Signature dish", "Approval stamp, macro", "Firma Müller Porträt", "Signed poster"] {
            assert!(!is_to_sign(picture), "{picture}");
        }
    }
}
