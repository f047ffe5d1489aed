//! The estimate as Markdown that pastes into a pull request or a page: names cannot become markup, links or mentions.

use super::amounts::{Amounts, Money};
use super::text::{basis, brackets, cells, money_notes, names_models, origin_rows, problem_text, sums, title};
use super::{Report, bills};
use crate::cost::Knob;
use crate::cost::estimate::line::StageKind;
use crate::words;
use crate::words::safe::safe;

/// The estimate as GitHub-flavoured Markdown, with a line break at its end.
#[must_use]
pub fn markdown(report: &Report<'_>) -> String {
    let money = Money::of(report);
    let amounts = Amounts::of(report, &money);
    let mut out = format!("### {}\n\n{}\n\n", escape(&title(report)), escape(&basis(report, &money)));
    out.push_str(&table(report, &money, &amounts));
    out.push_str(&other_bills(report, &money));
    let mut notes = money_notes(report, &money, &amounts);
    notes.extend(brackets(report, &money));
    for note in notes {
        out.push_str(&format!("\n{}\n", escape(&note)));
    }
    if !report.problems.is_empty() {
        out.push_str(&format!("\n**{}**\n\n", escape(words::report_issues())));
        for problem in report.problems {
            out.push_str(&format!("- {}: {}\n", problem.level.code(), escape(&problem_text(problem))));
        }
    }
    let origins = origin_rows(report);
    if !origins.is_empty() {
        out.push_str(&format!("\n**{}**\n\n", escape(words::report_origins())));
        for (label, lines) in origins {
            out.push_str(&format!("- {}: {}\n", escape(&label), escape(&lines.join(" · "))));
        }
    }
    out
}

fn table(report: &Report<'_>, money: &Money<'_>, amounts: &Amounts) -> String {
    let head = [
        words::report_deliverable().to_owned(),
        words::knob_label(Knob::Size).to_owned(),
        words::knob_label(Knob::Quality).to_owned(),
        words::knob_label(Knob::Finals).to_owned(),
        format!("× {}", words::report_retry()),
        format!("= {}", words::report_images()),
        words::report_each().to_owned(),
        words::report_subtotal().to_owned(),
    ];
    let mut out = row(&head);
    out.push_str("|---|---|---|--:|--:|--:|--:|--:|\n");
    let names_model = names_models(report);
    let mut parts = amounts.stages.iter().copied();
    for (line, title) in report.lines() {
        let mut name = title.to_owned();
        if names_model {
            let deliverable = &line.deliverable;
            name = format!("{name} · {} · {}", deliverable.model.value.id, deliverable.service.value.name());
        }
        for stage in &line.stages {
            let draft = stage.kind == StageKind::Explore;
            let name = if draft { format!("{name} · {}", words::field_drafts()) } else { name.clone() };
            let c = cells(line, stage, parts.next().unwrap_or_default(), money);
            out.push_str(&row(&[name, c.size, c.quality, c.finals, c.times, c.images, c.each, c.subtotal]));
        }
    }
    for (label, figure) in sums(report, money, amounts) {
        let blank = String::new;
        let (label, figure) = if label == words::total() {
            (format!("**{}**", escape(&label)), format!("**{}**", escape(&figure)))
        } else {
            (escape(&label), escape(&figure))
        };
        out.push_str(&joined(&[label, blank(), blank(), blank(), blank(), blank(), blank(), figure]));
    }
    out
}

fn other_bills(report: &Report<'_>, money: &Money<'_>) -> String {
    let rows = bills::rows(report, money);
    if rows.is_empty() {
        return String::new();
    }
    let mut out = format!("\n**{}**\n\n", escape(words::bills_heading()));
    for row in rows {
        let credits = if row.credits.is_empty() { String::new() } else { format!("{} · ", row.credits) };
        let head = format!("{} · {}: {credits}{}", row.card, row.kind, row.total);
        out.push_str(&format!("- {}\n", escape(&head)));
        row.remarks.iter().for_each(|remark| out.push_str(&format!("  - {}\n", escape(remark))));
    }
    for note in bills::notes(report, money) {
        out.push_str(&format!("\n{}\n", escape(&note)));
    }
    out
}

fn row(cells: &[String; 8]) -> String {
    joined(&cells.each_ref().map(|cell| escape(cell)))
}

fn joined(cells: &[String; 8]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// A text that Markdown shows as it is: harmless, and without markup, links, mentions or references to issues.
#[must_use]
pub fn escape(text: &str) -> String {
    let text = safe(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str();
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            // Two signs make a formula of what stands between them; a sum of money needs none of that.
            '$' if !after.starts_with(|c: char| c.is_ascii_digit()) => out.push_str("\\$"),
            // Bare addresses become links; a backslash before their colon or dot keeps them text.
            ':' if after.starts_with("//") => out.push_str("\\:"),
            '.' if out.to_lowercase().ends_with("www") => out.push_str("\\."),
            // A backslash does not keep GitHub from notifying a person or linking an issue; an empty comment between the sign
            // and the name does, and shows nothing.
            '@' | '#' if after.starts_with(|c: char| c.is_alphanumeric()) => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_names() {
        assert_eq!(escape("a|b`c[d](e)<f>*g*_h_"), "a\\|b\\`c\\[d\\](e)\\<f\\>\\*g\\*\\_h\\_");
        assert_eq!(escape("https://x.y www.x.y"), "https\\://x.y www\\.x.y");
        assert_eq!(escape("@team #12 # @"), "@<!-- -->team #<!-- -->12 # @");
        assert_eq!(escape("\u{1b}[2J\n- item"), "␛\\[2J␊- item");
        assert_eq!(escape("PDP hero v1.2 – 60 %: ok"), "PDP hero v1.2 – 60 %: ok");
        assert_eq!(escape("$9.25 $1+1$"), "$9.25 $1+1\\$");
    }
}
