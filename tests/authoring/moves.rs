//! `map diff` and `map rename`.
