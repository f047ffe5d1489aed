//! `retake` budgets GPT Image work in a terminal.
