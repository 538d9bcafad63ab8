//! `fmt`, `add`, `schema`.

#[path = "writing/add.rs"]
mod add;
#[path = "writing/schema.rs"]
mod schema;
#[path = "writing/tidy.rs"]
mod tidy;
