//! How many images and input tokens a stage takes, and their cost at a price. Both are linear, so lines of one kind of work
//! are priced together.

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
    /// The quantity times `factor`.
    pub(super) fn scaled(&self, factor: Decimal) -> Option<Quantity> {
        let mut scaled = *self;
        let parts = [&mut scaled.pictures, &mut scaled.calls].into_iter().chain(&mut scaled.tokens);
        for part in parts.filter(|part| !part.is_zero()) {
            *part = times(*part, factor).ok()?;
        }
        Some(scaled)
    }

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

/// The quantities of one stage, for one line or all lines of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amounts {
    pub(super) plain: Quantity,
    /// With each line's buffer.
    pub(super) buffered: Quantity,
    /// `None` if calls differ or there are none.
    pub(super) calls: Option<Calls>,
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
