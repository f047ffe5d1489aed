//! Bills of other cards: published examples, what is bought for credits, and parts that add up exactly.

mod buying;
mod choosing;
mod examples;
mod grouped;
mod random;
mod support;
