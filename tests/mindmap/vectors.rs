//! What Mermaid 11.17 itself made of each text, recorded once: trees, refusals, line numbers.

use mindrill::domain::skill_map::SkillMap;
use mindrill::mindmap::{self, MermaidError, MermaidMap};
use serde_json::{Value, json};

fn vectors(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("the vectors are JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// Our answer in the form of the recorded one.
fn answer(read: &Result<MermaidMap, MermaidError>) -> Value {
    let row = |node: &mindmap::MermaidNode| {
        json!([node.depth, node.label, node.id, node.shape.name(), node.icon, node.class])
    };
    match read {
        Ok(map) => json!({"ok": true, "nodes": map.nodes.iter().map(row).collect::<Vec<_>>()}),
        Err(error) => match error.mermaid_line {
            Some(line) => json!({"ok": false, "kind": error.kind.name(), "line": line}),
            None => json!({"ok": false, "kind": error.kind.name()}),
        },
    }
}

#[test]
fn mermaid_is_read_as_mermaid_reads_itself() {
    let vectors = vectors(include_str!("../vectors/mermaid.json"));
    assert_eq!(vectors.len(), 381);
    for vector in vectors {
        let read = mindmap::mermaid(text(&vector["text"]));
        assert_eq!(answer(&read), vector["expect"], "{}", vector["name"]);
    }
}

#[test]
fn fences_are_those_of_commonmark_but_for_a_byte_order_mark() {
    let vectors = vectors(include_str!("../vectors/mermaid-markdown.json"));
    assert_eq!(vectors.len(), 41);
    for vector in vectors {
        let read = |fence: mindmap::Fence| {
            let mut expect = answer(&mindmap::mermaid(&fence.text));
            expect.as_object_mut().and_then(|expect| expect.remove("line"));
            json!({"line": fence.line, "info": fence.info, "text": fence.text, "expect": expect})
        };
        let fences: Vec<Value> = mindmap::fences(text(&vector["text"])).into_iter().map(read).collect();
        if text(&vector["name"]) == "030-bom" {
            // CommonMark takes the mark for text and finds no fence; we drop it first.
            assert_eq!(fences.len(), 1);
            continue;
        }
        assert_eq!(Value::from(fences), vector["fences"], "{}", vector["name"]);
    }
}

/// Depth and Mermaid's label of every node, as the reading of the whole map carries them.
fn carried(map: &SkillMap) -> Vec<Value> {
    let row = |node: &mindrill::domain::skill_map::Node| {
        let mermaid = node.mermaid.as_ref();
        json!([node.depth, mermaid.map(|read| &read.label), mermaid.map(|read| &read.id)])
    };
    map.nodes().iter().map(row).collect()
}

#[test]
fn a_reading_carries_mermaids_label_where_mermaid_draws_and_none_where_it_refuses() {
    let mut drawn = 0;
    for vector in vectors(include_str!("../vectors/mermaid.json")) {
        let reading = mindmap::read(text(&vector["text"]), "map.mmd");
        let expect = &vector["expect"];
        let accepted = expect["ok"] == json!(true);
        assert_eq!(reading.mermaid_ok, accepted, "{}", vector["name"]);
        assert_eq!(reading.mermaid_error.is_none(), accepted, "{}", vector["name"]);
        let Some(map) = reading.map.or(reading.sketch) else {
            assert!(!accepted || expect["nodes"] == json!([]), "{} is not read", vector["name"]);
            assert!(!reading.problems.is_empty(), "{} is not read without a word", vector["name"]);
            continue;
        };
        if !accepted {
            assert!(map.nodes().iter().all(|node| node.mermaid.is_none()), "{}", vector["name"]);
            assert!(!reading.problems.is_empty(), "{} is recovered without a word", vector["name"]);
            continue;
        }
        let rows = expect["nodes"].as_array().expect("rows").iter();
        let expected: Vec<Value> = rows.map(|row| json!([row[0], row[1], row[2]])).collect();
        assert_eq!(carried(&map), expected, "{}", vector["name"]);
        drawn += 1;
    }
    assert!(drawn > 280, "{drawn}");
}
