#!/usr/bin/env bash
# Whole-process figures: CPU seconds, wall seconds and peak memory of the start, `due`, `coverage` and the first
# card at N cards (default 1000 10000 100000), beside hashcards on the same cards where it is on the PATH; and of
# `check`, beside `due` on the same N varied cards, with how many times as much CPU it takes.
# Needs GNU time; build first with: cargo build --release
set -euo pipefail
here=$(realpath "$(dirname "$0")/..")
binary=${CARGO_TARGET_DIR:-$here/target}/release/mindrill
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export MINDRILL_PROGRESS="$place/progress.db"

# N cards in decks of 100, each deck on a leaf of its own; the same cards in the form of hashcards.
generate() {
  mkdir -p "$place/$1/decks" "$place/$1/hash"
  awk -v n="$1" -v out="$place/$1" 'BEGIN {
    map = out "/decks/skill-map.mmd"; print "mindmap\n  root((Generated))" > map
    for (d = 0; d * 100 < n; d++) {
      if (d % 10 == 0) print "    Branch " d / 10 > map
      print "      Leaf " d > map
      deck = out "/decks/deck-" d ".toml"; hash = out "/hash/deck-" d ".md"
      print "[deck]\ntitle = \"Deck " d "\"\nnode = \"leaf-" d "\"" > deck
      for (c = 0; c < 100; c++) {
        q = "Which of the rules of part " d " holds for case " c ", and what follows from it in practice?"
        a = "Rule " d * 7 + c " holds: the first writer wins and the second one tries again."
        print "\n[[card]]\nid = \"c" c "\"\nkind = \"flashcard\"\nprompt = \"" q "\"\nanswer = \"" a "\"" > deck
        print "Q: " q "\nA: " a "\n" > hash
      }
      close(deck); close(hash)
    }
  }'
}

# The median of five runs by CPU seconds, which is left in the file `cpu`. What a command finds is no failure here.
measure() {
  local name=$1
  shift
  for _ in 1 2 3 4 5; do
    command time -o "$place/time" -f '%U %S %e %M' "$@" < /dev/null > /dev/null 2>&1 || true
    tail -n 1 "$place/time"
  done | awk '{ printf "%.2f %s %s\n", $1 + $2, $3, $4 }' | sort -n | sed -n 3p > "$place/median"
  cut -d ' ' -f 1 < "$place/median" > "$place/cpu"
  awk -v name="$name" '{ printf "%-28s %6s s CPU %6s s wall %8.1f MB\n", name, $1, $2, $3 / 1024 }' "$place/median"
}

measure "--version" "$binary" --version
(cd / && measure "due, shipped decks" "$binary" due)
[ $# -gt 0 ] || set -- 1000 10000 100000
for n in "$@"; do
  generate "$n"
  measure "due, $n cards" "$binary" --collection "$place/$n" due
  measure "first card, $n cards" "$binary" --collection "$place/$n" quiz
  measure "coverage, $n cards" "$binary" --collection "$place/$n" coverage
  if command -v hashcards > /dev/null; then
    measure "hashcards due, $n cards" hashcards due "$place/$n/hash"
  fi
  rm -rf "${place:?}/$n"
  (cd "$here" && cargo bench --quiet --bench collection -- "$place/varied" "$n")
  measure "due, $n varied cards" "$binary" --collection "$place/varied" due
  due=$(cat "$place/cpu")
  measure "check, $n varied cards" "$binary" --collection "$place/varied" check
  awk -v name="check : due" -v check="$(cat "$place/cpu")" -v due="$due" \
    'BEGIN { printf "%-28s %6.1f\n", name, (due > 0 ? check / due : 0) }'
  rm -rf "${place:?}/varied"
done
