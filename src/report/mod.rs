//! Reports: figures and texts become pages, and pages become strings.
//!
//! Pure: no file, no terminal. Text meant for a terminal leaves through [`page::Page::paint`], the one place that makes
//! foreign text harmless.

pub mod markdown;
pub mod page;
pub mod snippet;
