//! `init`, `new`, `edit`, `show --answer`, `preview`.
