//! A currency and its dated exchange rate, of a project or of a card.

use super::problem::{At, Sentence};
use super::reader::{Item, Reader, Told};
use super::schema::{Form, Section};
use crate::cost::Decimal;
use crate::cost::base::limits::EXCHANGE_MAX;
use crate::cost::base::money::{Currency, Exchange};
use crate::diagnostics::Code;
use crate::words;
use crate::words::number::grouped;

impl Reader<'_> {
    pub(super) fn currency(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Currency> {
        let allowed = &|| words::currency_allowed().to_owned();
        let read = Currency::parse(self.text(at, item, allowed, words::currency_remedy())?);
        if read.is_none() {
            self.wrong(Code::CurrencyUnknown, at, item, |written| {
                Sentence::new(words::currency_unknown(written)).allowed(allowed()).remedy(words::currency_remedy())
            });
        }
        read
    }

    pub(super) fn exchange(&mut self, at: &At<'_>, item: &Item<'_>) -> Told<Exchange> {
        let Some(table) = self.table(at, item) else { return Told::Broken };
        let (mut rate, mut as_of, mut source) = (Told::Open, Told::Open, None);
        self.each(Section::Exchange, at, table, |reader, row, at, item| match row.form {
            Form::ExchangeRate => rate = reader.exchange_rate(at, item).into(),
            Form::Date => {
                as_of = reader.date(at, item).into();
                reader.named.push((at.to_string(), item.span()));
            }
            _ => source = reader.prose(at, item, row.form),
        });
        match (rate, as_of) {
            (Told::Is(rate), Told::Is(as_of)) => Told::Is(Exchange { rate, as_of, source }),
            (Told::Open, Told::Open) => self.exchange_lacks(&words::exchange_incomplete_both(at), at, item),
            (Told::Open, _) => self.exchange_lacks(&words::exchange_incomplete(at, "rate"), at, item),
            (_, Told::Open) => self.exchange_lacks(&words::exchange_incomplete(at, "as_of"), at, item),
            _ => Told::Broken,
        }
    }

    fn exchange_lacks(&mut self, message: &str, at: &At<'_>, item: &Item<'_>) -> Told<Exchange> {
        self.wrong(Code::ExchangeIncomplete, at, item, |_| {
            let remedy = if is_of_card(at) { words::card_exchange_remedy() } else { words::exchange_remedy() };
            Sentence::new(message).allowed(words::exchange_allowed(at)).remedy(remedy)
        });
        Told::Broken
    }

    fn exchange_rate(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Decimal> {
        let max = Decimal::from(EXCHANGE_MAX);
        let allowed = &|| match is_of_card(at) {
            true => words::card_exchange_rate_allowed(grouped(max)),
            false => words::exchange_rate_allowed(grouped(max)),
        };
        let rate = self.number(at, item, allowed)?;
        if rate > Decimal::ZERO && rate <= max {
            return Some(rate);
        }
        self.wrong(Code::OutOfRange, at, item, |written| {
            let sentence = Sentence::new(words::out_of_range(at.key, written)).allowed(allowed());
            sentence.remedy(if is_of_card(at) {
                words::card_exchange_rate_remedy()
            } else {
                words::exchange_rate_remedy()
            })
        });
        None
    }
}

/// Whether the rate, or a key of it, stands in a card; else it is the project's.
fn is_of_card(at: &At<'_>) -> bool {
    at.to_string().starts_with("card.")
}
