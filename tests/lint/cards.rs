//! Rules about single cards: structure, prompts, answers (S, P, F), and what authors set aside.
