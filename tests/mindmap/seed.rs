//! The seed map: what its author meant, what Mermaid draws, and the mending.

use mindrill::domain::problem::Level;
use mindrill::domain::skill_map::{LookupError, SkillMap};
use mindrill::mindmap;

use crate::keys;

const SEED: &str = include_str!("../../decks/skill-map.md");
const SEED_FILE: &str = "decks/skill-map.md";

fn seed() -> SkillMap {
    mindmap::read_file(SEED, SEED_FILE).map.expect("the seed is a map")
}

/// Line, label, what Mermaid draws, key and importance.
type Row = (usize, &'static str, &'static str, &'static str, f64);

/// The twelve labels that Mermaid draws otherwise than they were meant.
const WRONGLY_DRAWN: [Row; 12] = [
    (13, "Ruby (deep)", "deep", "core-software-engineering/languages/ruby", 1.0),
    (
        15,
        "Go or Java (optional but recommended)",
        "optional but recommended",
        "core-software-engineering/languages/go-or-java",
        0.5,
    ),
    (17, "Rails (advanced)", "advanced", "core-software-engineering/frameworks/rails", 1.0),
    (18, "React (basic)", "basic", "core-software-engineering/frameworks/react", 1.0),
    (26, "Caching (Redis, Memcached)", "Redis, Memcached", "system-design-architecture/caching", 1.0),
    (
        27,
        "Message Queue (Kafka, RabbitMQ, SQS)",
        "Kafka, RabbitMQ, SQS",
        "system-design-architecture/message-queue",
        1.0,
    ),
    (
        37,
        "ADR (Architecture Decision Record)",
        "Architecture Decision Record",
        "system-design-architecture/design-documentation/adr",
        1.0,
    ),
    (55, "NoSQL (Redis, DynamoDB)", "Redis, DynamoDB", "backend-infrastructure/databases/nosql", 1.0),
    (68, "ECS (priority)", "priority", "backend-infrastructure/orchestration/ecs", 2.0),
    (69, "Kubernetes (optional)", "optional", "backend-infrastructure/orchestration/kubernetes", 0.5),
    (85, "HTTP/HTTPS (deep)", "deep", "networking-security/networking/http-https", 1.0),
    (86, "CDN (CloudFront)", "CloudFront", "networking-security/networking/cdn", 1.0),
];

#[test]
fn the_seed_has_95_nodes_73_leaves_and_5_branches() {
    let map = seed();
    assert_eq!(map.nodes().len(), 95);
    assert_eq!(map.indices().filter(|&place| map.is_leaf(place)).count(), 73);
    assert_eq!(map.node(map.root()).children.len(), 5);
    assert_eq!(map.title(), "Senior System Engineer Skill Map");
    assert_eq!(map.node(map.root()).label, "Senior System Engineer");
}

#[test]
fn the_seed_is_read_as_its_author_meant_where_mermaid_draws_twelve_labels_otherwise() {
    let reading = mindmap::read_file(SEED, SEED_FILE);
    assert!(reading.mermaid_ok);
    let map = seed();
    let differ =
        map.nodes().iter().filter(|node| node.mermaid.as_ref().is_some_and(|read| read.label != node.label));
    let rows: Vec<_> = differ
        .map(|node| {
            let drawn = node.mermaid.as_ref().map_or("", |read| read.label.as_str());
            (node.line, node.label.as_str(), drawn, node.key.0.as_str(), node.importance.weight())
        })
        .collect();
    assert_eq!(rows, WRONGLY_DRAWN);
    let warned: Vec<_> = reading.problems.iter().map(|problem| (problem.rule, problem.place.line)).collect();
    assert_eq!(warned, WRONGLY_DRAWN.map(|row| ("mermaid-label", row.0)));
    assert!(reading.problems.iter().all(|problem| problem.level == Level::Warning));
}

#[test]
fn mending_the_seed_quotes_the_twelve_labels_and_touches_nothing_else() {
    let mended = mindmap::format(SEED, SEED_FILE).expect("the seed is a map");
    let changed: Vec<_> =
        SEED.lines().zip(mended.lines()).filter(|(before, after)| before != after).collect();
    assert_eq!(changed.len(), 12);
    assert_eq!(changed[0], ("        Ruby (deep)", "        ruby[\"Ruby (deep)\"]"));
    assert_eq!(SEED.lines().count(), mended.lines().count());
    let after = mindmap::read_file(&mended, SEED_FILE);
    assert_eq!(after.problems, []);
    let map = after.map.expect("still a map");
    assert_eq!(keys(&map), keys(&seed()));
    assert!(
        map.nodes().iter().all(|node| node.mermaid.as_ref().is_some_and(|read| read.label == node.label))
    );
    assert_eq!(mindmap::format(&mended, SEED_FILE), Ok(mended));
}

#[test]
fn nodes_of_the_seed_are_found_by_key_tail_or_label() {
    let map = seed();
    let cases = [
        ("indexing", "backend-infrastructure/databases/indexing"),
        ("databases/indexing", "backend-infrastructure/databases/indexing"),
        ("HTTP/HTTPS (deep)", "networking-security/networking/http-https"),
        ("http/https", "networking-security/networking/http-https"),
        ("ECS", "backend-infrastructure/orchestration/ecs"),
        ("ruby", "core-software-engineering/languages/ruby"),
        ("3. Backend Infrastructure", "backend-infrastructure"),
        ("Backend infrastructure", "backend-infrastructure"),
        ("CI/CD", "backend-infrastructure/ci-cd"),
        ("TCP/IP", "networking-security/networking/tcp-ip"),
        (".", "."),
    ];
    for (name, key) in cases {
        let found = map.find(name).map(|place| map.node(place).key.0.clone());
        assert_eq!(found.as_deref(), Ok(key), "{name}");
    }
    let Err(LookupError::Unknown { nearest, .. }) = map.find("indexng") else { panic!("no such node") };
    assert_eq!(nearest[0].0, "backend-infrastructure/databases/indexing");
}
