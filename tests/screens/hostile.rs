//! Hostile text on every screen, in the bytes that a terminal would get: known payloads, and random ones.

use crate::desk::{SIZES, text_of};
use crate::looks::assert_harmless;
use crate::scenes::{HOSTILE_SCENES, Scene, hostile_where};
use crate::sequences::foreign;
use crate::texts::{Dice, cases, known, random};
use ratatui::buffer::Buffer;
use retake::terminal::ansi;

/// The bytes sent to a terminal for a frame on a blank screen.
fn bytes_of(frame: &Buffer) -> Vec<u8> {
    let mut bytes = Vec::new();
    ansi::write(None, frame, &mut bytes);
    bytes
}

fn assert_tame(text: &str, scene: usize, size: (u16, u16)) {
    for Scene { name, desk } in hostile_where(text, |at| at == scene) {
        let frame = desk.frame(size.0, size.1);
        assert_harmless(&frame, &name);
        if let Some(found) = foreign(&bytes_of(&frame)) {
            panic!("{found} from {text:?} in scene {scene} at {size:?}\n{}", text_of(&frame));
        }
    }
}

#[test]
fn known_payloads_reach_no_terminal() {
    for (at, text) in known().iter().enumerate() {
        // Over all payloads, every scene and every size is combined with every kind of payload.
        for turn in 0..4 {
            assert_tame(text, (at + turn * 7) % HOSTILE_SCENES, SIZES[(at + turn) % SIZES.len()]);
        }
    }
}

/// `RETAKE_CASES` asks for more.
#[test]
fn random_payloads_reach_no_terminal() {
    for seed in 0..cases(200) {
        let mut dice = Dice::new(seed);
        let text = random(&mut dice);
        let scene = dice.below(HOSTILE_SCENES);
        assert_tame(&text, scene, SIZES[dice.below(SIZES.len())]);
    }
}
