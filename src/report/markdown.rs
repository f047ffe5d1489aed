//! The estimate as Markdown for pull requests and pages: names cannot become markup, links or mentions.

use super::amounts::{Amounts, Money};
use super::brackets;
use super::text::{basis, cells, money_notes, names_models, origin_rows, problem_text, sums, title};
use super::{Report, bills, measured};
use crate::cost::Knob;
use crate::cost::estimate::line::StageKind;
use crate::words;
use crate::words::markup::{block, heading, inline};

/// The estimate as GitHub-flavoured Markdown, with a line break at its end.
#[must_use]
pub fn markdown(report: &Report<'_>) -> String {
    let money = Money::of(report);
    let amounts = Amounts::of(report, &money);
    let mut out = format!("### {}\n\n{}\n\n", heading(&title(report)), block(&basis(report, &money)));
    out.push_str(&table(report, &money, &amounts));
    out.push_str(&other_bills(report, &money));
    let mut notes = measured::remarks(report);
    notes.extend(money_notes(report, &money));
    notes.extend(brackets::notes(report));
    for note in notes {
        out.push_str(&format!("\n{}\n", block(&note)));
    }
    if !report.problems.is_empty() {
        out.push_str(&format!("\n**{}**\n\n", inline(words::report_issues())));
        for problem in report.problems {
            out.push_str(&format!("- {}: {}\n", problem.level.code(), inline(&problem_text(problem))));
        }
    }
    if let Some(scenario) = report.scenario {
        out.push_str(&format!("\n**{}**\n\n", inline(&scenario.heading())));
        for row in scenario.rows() {
            out.push_str(&format!("- {}\n", block(&row)));
        }
    }
    let origins = origin_rows(report);
    if !origins.is_empty() {
        out.push_str(&format!("\n**{}**\n\n", inline(words::report_origins())));
        for (label, lines) in origins {
            out.push_str(&format!("- {}: {}\n", block(&label), inline(&lines.join(" · "))));
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
            let c = cells(line, stage, parts.next(), money);
            out.push_str(&row(&[name, c.size, c.quality, c.finals, c.times, c.images, c.each, c.subtotal]));
        }
    }
    for (label, figure) in sums(report, money, amounts) {
        let blank = String::new;
        let (label, figure) = if label == words::total() {
            (format!("**{}**", inline(&label)), format!("**{}**", inline(&figure)))
        } else {
            (inline(&label), inline(&figure))
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
    let mut out = format!("\n**{}**\n\n", inline(words::bills_heading()));
    for row in rows {
        let credits = if row.credits.is_empty() { String::new() } else { format!("{} · ", row.credits) };
        let head = format!("{} · {}: {credits}{}", row.card, row.kind, row.total);
        out.push_str(&format!("- {}\n", block(&head)));
        row.remarks.iter().for_each(|remark| out.push_str(&format!("  - {}\n", block(remark))));
    }
    for note in bills::notes(report, money) {
        out.push_str(&format!("\n{}\n", block(&note)));
    }
    out
}

fn row(cells: &[String; 8]) -> String {
    joined(&cells.each_ref().map(|cell| inline(cell)))
}

fn joined(cells: &[String; 8]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
