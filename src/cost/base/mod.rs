//! What every other floor computes with: exact numbers, image sizes, tokens and the retry factor.

pub mod count;
pub mod delivery;
pub mod fraction;
pub mod level;
pub mod limits;
pub mod money;
pub mod near;
pub mod number_text;
pub mod retry;
pub mod size;
pub mod tokens;
pub mod wide;
