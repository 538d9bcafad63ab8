//! Rules about options, orders, claims and code (M, O, T, C), and about decks and branches as a whole (D).
