//! `fmt`, `add`, `schema`.
