//! How many images and input tokens a stage takes, and their cost at a price. Both are linear, so lines of one kind of work
//! are priced together.

use crate::cost::base::count::Count;
use crate::cost::base::money::{Decimal, plus, times};
use crate::cost::rates::rate_card::{Meter, Rates};

/// The input meters.
pub(super) const INPUTS: [Meter; 4] =
    [Meter::ImageInput, Meter::ImageInputCached, Meter::TextInput, Meter::TextInputCached];

/// A price in one unit: per image, per call, and per 1,000,000 tokens of each input.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Price {
    pub(super) picture: Decimal,
    pub(super) call: Decimal,
    pub(super) inputs: [Decimal; 4],
}

impl Price {
    pub(super) fn of_picture(picture: Decimal) -> Price {
        Price { picture, ..Price::default() }
    }

    pub(super) fn of_call(call: Decimal) -> Price {
        Price { call, ..Price::default() }
    }

    pub(super) fn of_inputs(inputs: [Decimal; 4]) -> Price {
        Price { inputs, ..Price::default() }
    }

    /// Adds the other price or subtracts it; `None` if digits run out.
    pub(super) fn changed(mut self, by: &Price, add: bool) -> Option<Price> {
        let change = |now: &mut Decimal, by: Decimal| {
            if !by.is_zero() {
                *now = plus(*now, if add { by } else { -by }).ok()?;
            }
            Some(())
        };
        change(&mut self.picture, by.picture)?;
        change(&mut self.call, by.call)?;
        self.inputs.iter_mut().zip(by.inputs).try_for_each(|(now, by)| change(now, by))?;
        Some(self)
    }

    pub(super) fn scaled(mut self, factor: Decimal) -> Option<Price> {
        let parts = [&mut self.picture, &mut self.call].into_iter().chain(&mut self.inputs);
        for part in parts.filter(|part| !part.is_zero()) {
            *part = times(*part, factor).ok()?;
        }
        Some(self)
    }
}

/// Images, calls and tokens of each input, for one line or many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Quantity {
    pub(super) pictures: Decimal,
    pub(super) calls: Decimal,
    pub(super) tokens: [Decimal; 4],
}

impl Quantity {
    /// The cost at a price; `None` if digits run out.
    pub(super) fn at(&self, price: &Price) -> Option<Decimal> {
        let mut sum = Decimal::ZERO;
        if !price.picture.is_zero() {
            sum = times(self.pictures, price.picture).ok()?;
        }
        if !price.call.is_zero() {
            sum = plus(sum, times(self.calls, price.call).ok()?).ok()?;
        }
        for (tokens, rate) in self.tokens.iter().zip(price.inputs) {
            if !tokens.is_zero() && !rate.is_zero() {
                sum = plus(sum, per_million(*tokens, rate)?).ok()?;
            }
        }
        Some(sum)
    }
}

/// Equal calls, for cards that round each call up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Calls {
    /// One image with its inputs, without its call.
    pub(super) one: Quantity,
    /// Images per call.
    pub(super) images: Decimal,
    /// Number of calls.
    pub(super) count: Decimal,
    /// Number of calls with each line's buffer.
    pub(super) buffered: Decimal,
}

/// The quantities of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Amounts {
    /// Of all lines of a kind: their counts end as decimals, so a cost is a product and is never rounded.
    Sum {
        /// Before the buffer.
        plain: Quantity,
        /// With each line's buffer.
        buffered: Quantity,
        /// `None` if calls differ or there are none.
        calls: Option<Calls>,
    },
    /// Of one line. Each part of its cost is rounded once, as in the estimate, if its decimals do not end.
    Line {
        /// One image with its inputs.
        one: Quantity,
        /// Its images and calls.
        count: Count,
        /// Images per call.
        images: Decimal,
        /// 1 plus the buffer's share.
        buffered: Decimal,
    },
}

impl Amounts {
    /// The cost at a price before the buffer; `None` if digits run out.
    pub(super) fn plain_at(&self, price: &Price) -> Option<Decimal> {
        match self {
            Amounts::Sum { plain, .. } => plain.at(price),
            Amounts::Line { one, count, .. } => {
                let mut sum = count.images.at(price.picture).ok()?;
                if !price.call.is_zero() {
                    sum = plus(sum, count.calls.at(price.call).ok()?).ok()?;
                }
                for (tokens, rate) in one.tokens.iter().zip(price.inputs) {
                    if !tokens.is_zero() && !rate.is_zero() {
                        sum = plus(sum, count.images.at(per_million(*tokens, rate)?).ok()?).ok()?;
                    }
                }
                Some(sum)
            }
        }
    }

    /// The cost at a price with the buffer; `None` if digits run out.
    pub(super) fn buffered_at(&self, price: &Price) -> Option<Decimal> {
        match self {
            Amounts::Sum { buffered, .. } => buffered.at(price),
            Amounts::Line { buffered, .. } => times(self.plain_at(price)?, *buffered).ok(),
        }
    }

    /// By how much the cost with the buffer changes from one price to another; `None` if digits run out.
    pub(super) fn change_at(&self, from: &Price, to: &Price) -> Option<Decimal> {
        match self {
            Amounts::Sum { .. } => self.buffered_at(&to.changed(from, false)?),
            // The parts of a difference add up because every step rounds the same amounts.
            Amounts::Line { .. } => plus(self.buffered_at(to)?, -self.buffered_at(from)?).ok(),
        }
    }

    /// The cost of one call at a price per image; `None` if calls differ, there are none, or digits run out.
    pub(super) fn call_at(&self, price: &Price) -> Option<Decimal> {
        let (one, images) = match self {
            Amounts::Sum { calls, .. } => calls.as_ref().map(|calls| (&calls.one, calls.images))?,
            Amounts::Line { one, images, .. } => (one, *images),
        };
        plus(times(one.at(price)?, images).ok()?, price.call).ok()
    }

    /// The cost of all calls at a price of each, before and with the buffer; `None` as for [`Amounts::call_at`].
    pub(super) fn calls_at(&self, each: Decimal) -> Option<[Decimal; 2]> {
        match self {
            Amounts::Sum { calls, .. } => {
                let calls = calls.as_ref()?;
                Some([times(calls.count, each).ok()?, times(calls.buffered, each).ok()?])
            }
            Amounts::Line { count, buffered, .. } => {
                let plain = count.calls.at(each).ok()?;
                Some([plain, times(plain, *buffered).ok()?])
            }
        }
    }

    /// Whether calls are known to be alike.
    pub(super) fn has_calls(&self) -> bool {
        match self {
            Amounts::Sum { calls, .. } => calls.is_some(),
            Amounts::Line { count, .. } => !count.calls.number().is_zero(),
        }
    }
}

/// The cost of tokens at a rate per 1,000,000.
pub(super) fn per_million(tokens: Decimal, rate: Decimal) -> Option<Decimal> {
    let product = times(tokens, rate).ok()?;
    let shifted = Decimal::try_from_i128_with_scale(product.mantissa(), product.scale() + 6);
    shifted.ok().or_else(|| times(product, Decimal::new(1, 6)).ok())
}

/// The rate of each input, 0 if it has none.
pub(super) fn inputs_of(rates: &Rates, counts: impl Fn(usize) -> bool) -> [Decimal; 4] {
    let mut inputs = [Decimal::ZERO; 4];
    for (at, meter) in INPUTS.into_iter().enumerate().filter(|(at, _)| counts(*at)) {
        inputs[at] = rates.get(meter).unwrap_or_default();
    }
    inputs
}
