//! `relink`, answers that changed, `items`.
