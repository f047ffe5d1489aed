//! Bills of other cards: published examples, what is bought for credits, and parts that add up exactly.

mod buying;
mod examples;
mod random;
mod support;
