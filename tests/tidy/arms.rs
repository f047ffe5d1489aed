//! No `match` over an enum of the tables has a catch-all arm: each new row needs a decision wherever it may matter.

use crate::lexer::{Token, tokens};

/// Enums whose variants are the rows of a table.
const LISTED: [&str; 6] = ["Action", "Knob", "Screen", "Overlay", "Context", "Format"];

/// Complaints about the catch-all arms of one file.
pub(crate) fn catch_alls(file: &str, source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let starts = (0..tokens.len()).filter(|at| tokens[*at].text == "match");
    starts.flat_map(|at| in_match(file, &tokens, at)).collect()
}

fn in_match(file: &str, tokens: &[Token], at: usize) -> Option<String> {
    let open = (at..tokens.len())
        .scan(0_i32, |depth, at| Some((at, nest(depth, &tokens[at].text))))
        .find_map(|(at, depth)| (tokens[at].text == "{" && depth == 1).then_some(at))?;
    let arms = patterns(tokens, open + 1);
    let listed = LISTED.iter().find(|listed| arms.iter().any(|(arm, _)| names(arm, listed)))?;
    let (arm, _) = arms.iter().find(|(arm, guarded)| !guarded && is_wild(arm))?;
    let line = arm.first()?.line;
    Some(format!("src/{file}:{line}: a catch-all arm over `{listed}`; list the variants, or ask a column of its row"))
}

/// Counts brackets, and returns the depth of the token, an opening bracket within itself.
fn nest(depth: &mut i32, text: &str) -> i32 {
    match text {
        "(" | "[" | "{" => *depth += 1,
        ")" | "]" | "}" => *depth -= 1,
        _ => {}
    }
    *depth
}

/// The patterns of the arms from `at` on, without their guards, and whether they have one.
fn patterns(tokens: &[Token], mut at: usize) -> Vec<(&[Token], bool)> {
    let text = |at: usize| tokens.get(at).map_or("}", |token| token.text.as_str());
    let mut found = Vec::new();
    while text(at) != "}" {
        let start = at;
        at = skip(tokens, at, |at| text(at) == "=" && text(at + 1) == ">");
        let pattern = tokens.get(start..at).unwrap_or_default();
        let guard = pattern.iter().position(|token| token.text == "if");
        found.push((&pattern[..guard.unwrap_or(pattern.len())], guard.is_some()));
        at += 2;
        if text(at) == "{" {
            at = skip(tokens, at + 1, |_| false) + 1;
        } else {
            at = skip(tokens, at, |at| text(at) == ",");
        }
        at += usize::from(text(at) == ",");
    }
    found
}

/// The first token from `at` on that ends it outside all further brackets, or closes the surrounding bracket.
fn skip(tokens: &[Token], mut at: usize, ends: impl Fn(usize) -> bool) -> usize {
    let mut depth = 0;
    while at < tokens.len() {
        if depth == 0 && (ends(at) || matches!(tokens[at].text.as_str(), ")" | "]" | "}")) {
            return at;
        }
        nest(&mut depth, &tokens[at].text);
        at += 1;
        // The commas of `::<A, B>` end no arm.
        if tokens[at - 1].text == "::" && tokens.get(at).is_some_and(|token| token.text == "<") {
            at = past_angles(tokens, at);
        }
    }
    at
}

fn past_angles(tokens: &[Token], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token.text.as_str() {
            "<" => depth += 1,
            ">" if depth <= 1 => return at,
            ">" => depth -= 1,
            _ => {}
        }
    }
    at
}

fn names(pattern: &[Token], listed: &str) -> bool {
    pattern.windows(2).any(|pair| pair[0].text == listed && pair[1].text == "::")
}

/// Whether a pattern matches everything: `_`, a bare name, and tuples and `Some` of these.
fn is_wild(pattern: &[Token]) -> bool {
    let all = |token: &Token| match token.text.as_str() {
        "(" | ")" | "," | "_" | "." | "&" | "|" | "mut" | "ref" | "Some" => true,
        word => token.is_word() && word.starts_with(char::is_lowercase) && !matches!(word, "true" | "false"),
    };
    let text = |at: usize| pattern.get(at).map_or("", |token| token.text.as_str());
    // The lexer drops literals, so nothing remains between two signs.
    let literal = (0..pattern.len()).any(|at| matches!((text(at), text(at + 1)), ("(" | ",", ",") | (",", ")")));
    !pattern.is_empty() && pattern.iter().all(all) && !literal
}

#[test]
fn a_catch_all_over_a_table_is_found_where_it_stands() {
    let lines = |source: &str| -> Vec<String> {
        catch_alls("a.rs", source).iter().map(|text| text.split(' ').next().unwrap().to_owned()).collect()
    };
    for wild in ["_", "other", "mut other", "(_, _)", "(a, Some(_))", "Some(_)", "(..)"] {
        let source = format!("fn f() {{\nmatch x {{ Action::Up => 1,\n {wild} => 2 }} }}");
        assert_eq!(lines(&source), ["src/a.rs:3:"], "{wild}");
    }
    assert_eq!(lines("match x { Action::Up if a => 1, _ => 2 }"), ["src/a.rs:1:"]);
    for listed in
        ["Action::Down", "_ if x", "None", "(_, None)", "(_, \"x\")", "Some(1)", "(true, _)", "Some(Other::A)"]
    {
        let source = format!("match x {{ Some(Action::Up) => g::<A, _>(|a| {{ a }}), {listed} => 2 }}");
        assert_eq!(lines(&source), [""; 0], "{listed}");
    }
    let nested = "match x { 1 => match a { Knob::Cap => {} _ => {} }, _ => match y(|| { 1 }) { Screen::Bills => 1 } }";
    assert_eq!(lines(nested), ["src/a.rs:1:"]);
    assert_eq!(lines("match x { Actions::Up => 1, _ => 2 }"), [""; 0], "another enum");
}
