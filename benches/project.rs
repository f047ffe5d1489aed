//! Projects to measure with: always the same text for the same number of deliverables.

/// Deliverables of five kinds in turn, as in real projects: presets, ratios, own sizes, drafts.
pub(crate) fn text(deliverables: usize) -> String {
    let mut text = String::from(HEAD);
    for number in 0..deliverables {
        let finals = 1 + number % 97;
        text.push_str(&format!(
            "[deliverable.line-{number:06}]\nname = \"Deliverable number {number}\"\nposition = {}\nfinals = {finals}\n{}\n",
            (number + 1) * 10,
            KINDS[number % KINDS.len()],
        ));
    }
    text
}

const HEAD: &str = r#"# A project to measure with.
retake = 1
name = "Spring launch"
client = "Acme"

[assumptions]
model = "gpt-image-2"
quality = "high"
retry = 2.0
buffer = "20%"
prompt_tokens = 180
cap = 4000.00

"#;

const KINDS: [&str; 5] = [
    "preset = \"ecommerce-pdp\"\nsize = \"1024x1280\"\nretry = 1.8\nreferences = [\"1024x1024\"]\nnote = \"white background\"\n",
    "preset = \"ecommerce-pdp\"\nreferences = [\"1024x1024\", \"768x1024\"]\n",
    "ratio = \"3:2\"\nquality = \"medium\"\n",
    "ratio = \"16:9\"\nsize = \"2k\"\nquality = \"low\"\nexplore = { drafts_per_final = 3 }\n",
    "size = \"1536x1024\"\nretry = 1.5\n",
];
