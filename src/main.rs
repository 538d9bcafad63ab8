//! Mindrill.
fn main() {}
