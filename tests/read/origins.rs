//! The origin of a value, for every layer.

use crate::{Memory, Words, catalog, reading};
use retake::cost::Layer as From;
use retake::cost::budget::Knob;
use retake::diagnostics::{Layer, Origin};
use retake::project::read;
use std::path::Path;

fn shown(origin: &Origin) -> String {
    let file = origin.file.as_ref().map_or(String::new(), |file| file.display().to_string());
    let position = origin.position.map_or(String::new(), |position| position.to_string());
    format!("{} {file} {position}", origin.layer.code()).trim_end().to_owned()
}

#[test]
fn every_layer_has_its_place() {
    let project = "retake = 1\nextends = \"team.toml\"\nname = \"N\"\n\n[assumptions]\nbuffer = \"15%\"\n\n\
                   [deliverable.a]\npreset = \"editorial\"\n  finals =  24\n\n[deliverable.a.explore]\nsize = \"1k\"\ndrafts_per_final = 2\n";
    let mut team = Memory::of(&[("team.toml", "retake = 1\nclient = \"C\"\n[assumptions]\ncached_input = \"5%\"\n")]);
    let read = read(project, Some(Path::new("a.toml")), catalog(), &mut team, &mut Words::default());
    let line = read.budget.resolve(read.budget.lines.first().map(|line| &**line), catalog()).unwrap();
    let at = |knob, layer| shown(&read.origins.knob(Some("a"), knob, layer));
    assert_eq!(at(Knob::Finals, line.finals.layer), "deliverable a.toml 10:13");
    assert_eq!(at(Knob::Drafts, From::Deliverable), "deliverable a.toml 14:20");
    assert_eq!(at(Knob::DraftSize, From::Deliverable), "deliverable a.toml 13:8");
    assert_eq!(at(Knob::Quality, line.quality.layer), "preset a.toml 9:10");
    assert_eq!(at(Knob::Buffer, line.buffer.layer), "project a.toml 6:10");
    assert_eq!(at(Knob::CachedInput, line.cached_input.layer), "team team.toml 4:16");
    assert_eq!(at(Knob::Model, line.model.layer), "built-in");
    assert_eq!(shown(&read.origins.knob(None, Knob::Buffer, From::Project)), "project a.toml 6:10");
    assert_eq!(shown(&read.origins.deliverable("a").unwrap()), "deliverable a.toml 8:14");
    assert_eq!(read.origins.deliverable("b"), None);
    assert_eq!(shown(read.origins.field("name").unwrap()), "project a.toml 3:8");
    assert_eq!(shown(read.origins.field("client").unwrap()), "team team.toml 2:10");
    assert_eq!(read.origins.field("currency"), None);
}

#[test]
fn a_ratio_that_decides_the_size_is_where_the_size_comes_from() {
    let read = reading("retake = 1\n[assumptions]\nsize = \"1024x1536\"\n[deliverable.a]\nratio = \"1:1\"\n");
    let line = read.budget.resolve(read.budget.lines.first().map(|line| &**line), catalog()).unwrap();
    assert_eq!(shown(&read.origins.knob(Some("a"), Knob::Size, line.size.layer)), "deliverable p.toml 5:9");
}

#[test]
fn what_cannot_be_read_has_a_place_too() {
    let text = "retake = 1\n[deliverable.a]\nretry = 0\nprompt = 7\n[deliverable.b]\nexplore = 1\n[retry_profile.\"発表\"]\nfactor = 2\n";
    let read = reading(text);
    let at = |key, knob| shown(&read.origins.knob(Some(key), knob, From::Deliverable));
    assert_eq!(at("a", Knob::Retry), "deliverable p.toml 3:9");
    assert_eq!(at("a", Knob::PromptTokens), "deliverable p.toml 4:10");
    assert_eq!(at("b", Knob::Drafts), "deliverable p.toml 6:11");
    assert_eq!(at("b", Knob::Finals), "deliverable p.toml 5:14", "the table, where the knob has no place");
    assert_eq!(shown(read.origins.field("retry_profile.\"発表\"").unwrap()), "project p.toml 7:16");
}

#[test]
fn a_text_without_a_file_has_positions_alone() {
    let read = read("retake = 1\nname = \"n\"\n", None, catalog(), &mut Memory::default(), &mut Words::default());
    assert_eq!(read.origins.field("name").unwrap().layer, Layer::Project);
    assert_eq!(shown(read.origins.field("name").unwrap()), "project  2:8");
}
