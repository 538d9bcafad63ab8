//! Reports: figures and texts become pages, and pages become strings; JSON by the contract's names.
//!
//! Pure: no file, no terminal. Text meant for a terminal leaves through [`page::Page::paint`], the one place that makes
//! foreign text harmless.

pub mod answer;
pub mod audit;
pub mod card;
pub mod check;
pub mod coverage;
pub mod doctor;
pub mod due;
pub mod explain;
pub mod faded;
pub mod glance;
pub mod interview;
pub mod items;
pub mod log;
pub mod map;
pub mod markdown;
pub mod mock;
pub mod moves;
pub mod page;
pub mod plan;
pub mod question;
pub mod ready;
pub mod relink;
pub mod returns;
pub mod snippet;
pub mod stats;
pub mod steps;
pub mod summary;
pub mod trouble;
pub mod tune;
pub mod verdict;
pub mod weak;
pub mod why;
