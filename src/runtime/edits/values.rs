//! The values of knobs, and pinned prices, as JSON and back.

use crate::cost::base::money::{Currency, Decimal};
use crate::cost::base::retry::{Confidence, Pick, Retry};
use crate::cost::base::size::{Ratio, Size, Tier};
use crate::cost::base::tokens::Quality;
use crate::cost::budget::{Cap, QualityChoice, SizeChoice};
use crate::cost::rates::rate_card::{Grade, Meter, Provenance, Rates, ServiceTier, TokenCard};
use crate::cost::{Setting, Value};
use serde_json::{Map, Value as Json, json};

const AUTO: &str = "auto";

pub(super) fn setting(setting: &Setting) -> Json {
    let Setting::Value(value) = setting else { return json!({ "unreadable": true }) };
    match value {
        Value::Word(word) => json!({ "word": word }),
        Value::Service(tier) => json!({ "service": tier.name() }),
        Value::Ratio(Ratio { w, h }) => json!({ "ratio": [w, h] }),
        Value::Size(SizeChoice::Exact(size)) => json!({ "size": size.to_string() }),
        Value::Size(SizeChoice::Tier(tier)) => json!({ "size": tier.name() }),
        Value::Size(SizeChoice::Auto) => json!({ "size": AUTO }),
        Value::Quality(QualityChoice::Exact(quality)) => json!({ "quality": quality.name() }),
        Value::Quality(QualityChoice::Auto) => json!({ "quality": AUTO }),
        Value::Count(count) => json!({ "count": count }),
        Value::Percent(percent) => json!({ "percent": percent.to_string() }),
        Value::Retry(retry) => json!({ "retry": self::retry(retry) }),
        Value::Pick(pick) => json!({ "pick": pick.name() }),
        Value::Sizes(sizes) => json!({ "sizes": sizes.iter().map(ToString::to_string).collect::<Vec<_>>() }),
        Value::Cap(Cap { amount, currency }) => {
            json!({ "cap": [amount.to_string(), currency.as_ref().map(Currency::code)] })
        }
    }
}

pub(super) fn read_setting(written: &Json) -> Option<Setting> {
    let (form, of) = written.as_object().filter(|object| object.len() == 1)?.iter().next()?;
    let text = || of.as_str();
    let value = match form.as_str() {
        "unreadable" => return Some(Setting::Unreadable),
        "word" => Value::Word(text()?.to_owned()),
        "service" => Value::Service(ServiceTier::parse(text()?)?),
        "ratio" => {
            let side =
                |at: usize| of.get(at)?.as_u64().and_then(|side| u32::try_from(side).ok()).filter(|side| *side > 0);
            Value::Ratio(Ratio { w: side(0)?, h: side(1)? })
        }
        "size" => Value::Size(match text()? {
            AUTO => SizeChoice::Auto,
            text => match Tier::ALL.into_iter().find(|tier| tier.name() == text) {
                Some(tier) => SizeChoice::Tier(tier),
                None => SizeChoice::Exact(Size::parse(text)?),
            },
        }),
        "quality" => Value::Quality(match text()? {
            AUTO => QualityChoice::Auto,
            text => QualityChoice::Exact(Quality::parse(text)?),
        }),
        "count" => Value::Count(of.as_u64()?),
        "percent" => Value::Percent(decimal(of)?),
        "retry" => Value::Retry(read_retry(of)?),
        "pick" => Value::Pick([Pick::One, Pick::Many].into_iter().find(|pick| Some(pick.name()) == of.as_str())?),
        "sizes" => Value::Sizes(of.as_array()?.iter().map(|size| Size::parse(size.as_str()?)).collect::<Option<_>>()?),
        "cap" => Value::Cap(Cap { amount: decimal(of.get(0)?)?, currency: read_currency(of.get(1)?)? }),
        _ => return None,
    };
    Some(Setting::Value(value))
}

fn decimal(written: &Json) -> Option<Decimal> {
    Decimal::from_str_exact(written.as_str()?).ok()
}

fn read_currency(code: &Json) -> Option<Option<Currency>> {
    match code {
        Json::Null => Some(None),
        code => Currency::parse(code.as_str()?).map(Some),
    }
}

fn retry(retry: &Retry) -> Json {
    let sure = |confidence: &Option<Confidence>| confidence.map_or(Json::Null, self::confidence);
    match retry {
        Retry::Factor { factor, confidence } => json!({ "factor": factor.to_string(), "confidence": sure(confidence) }),
        Retry::Accepted { percent, confidence } => {
            json!({ "accepted": percent.to_string(), "confidence": sure(confidence) })
        }
        Retry::Range { low, likely, high } => {
            json!({ "range": [low.to_string(), likely.to_string(), high.to_string()] })
        }
        Retry::Profile(name) => json!({ "profile": name }),
    }
}

fn read_retry(written: &Json) -> Option<Retry> {
    let confidence = || match written.get("confidence")? {
        Json::Null => Some(None),
        confidence => read_confidence(confidence).map(Some),
    };
    if let Some(factor) = written.get("factor") {
        return Some(Retry::Factor { factor: decimal(factor)?, confidence: confidence()? });
    }
    if let Some(percent) = written.get("accepted") {
        return Some(Retry::Accepted { percent: decimal(percent)?, confidence: confidence()? });
    }
    if let Some(range) = written.get("range") {
        let part = |at: usize| decimal(range.get(at)?);
        return Some(Retry::Range { low: part(0)?, likely: part(1)?, high: part(2)? });
    }
    Some(Retry::Profile(written.get("profile")?.as_str()?.to_owned()))
}

fn confidence(confidence: Confidence) -> Json {
    match Confidence::WORDS.into_iter().find(|(_, known)| *known == confidence) {
        Some((word, _)) => json!({ "word": word }),
        None => match confidence {
            Confidence::Worth(finals) => json!({ "worth": finals.to_string() }),
            _ => Json::Null,
        },
    }
}

fn read_confidence(written: &Json) -> Option<Confidence> {
    if let Some(finals) = written.get("worth") {
        return decimal(finals).map(Confidence::Worth);
    }
    let word = written.get("word")?.as_str()?;
    Confidence::WORDS.into_iter().find(|(known, _)| *known == word).map(|(_, confidence)| confidence)
}

pub(super) fn card(card: &TokenCard) -> Json {
    let from = &card.provenance;
    let rates = |rates: Option<&Rates>| rates.map_or(Json::Null, self::rates);
    json!({
        "standard": rates(card.standard.as_ref()),
        "batch": rates(card.batch.as_ref()),
        "source": from.source,
        "checked": from.checked.map(|day| day.to_string()),
        "grade": from.grade.map(|grade| grade.to_string()),
    })
}

fn rates(rates: &Rates) -> Json {
    let set = Meter::ALL.into_iter().filter_map(|meter| Some((meter.name().to_owned(), rates.get(meter)?)));
    Json::Object(set.map(|(name, usd)| (name, Json::String(usd.to_string()))).collect::<Map<_, _>>())
}

pub(super) fn read_card(written: &Json) -> Option<TokenCard> {
    let rates = |tier: &str| match written.get(tier)? {
        Json::Null => Some(None),
        rates => read_rates(rates).map(Some),
    };
    let checked = match written.get("checked")? {
        Json::Null => None,
        day => Some(day.as_str()?.parse().ok()?),
    };
    let grade = match written.get("grade")? {
        Json::Null => None,
        grade => Some(Grade::parse(grade.as_str()?)?),
    };
    let source = written.get("source")?.as_str()?.to_owned();
    let provenance = Provenance { source, checked, grade };
    Some(TokenCard { standard: rates("standard")?, batch: rates("batch")?, provenance })
}

fn read_rates(written: &Json) -> Option<Rates> {
    let mut rates = written.as_object()?.iter();
    rates.try_fold(Rates::default(), |rates, (name, usd)| Some(rates.with(Meter::parse(name)?, decimal(usd)?)))
}
