#!/usr/bin/env bash
# CPU seconds, wall seconds and peak memory of every command that reads the log, with a log of N rows (default
# 1000000) on 10,000 varied cards: a thousand answers a day, one in eight a fail, one in a thousand taken back.
# Arguments: N, and a binary other than the release build.
# Needs GNU time; build first with: cargo build --release
set -euo pipefail
here=$(dirname "$0")
rows=${1:-1000000}
binary=$(realpath "${2:-$here/../target/release/mindrill}")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export MINDRILL_PROGRESS="$place/progress.db"

# Rows as `log --json` writes them; the last day is the one given, counted from 1970.
log() {
  awk -v rows="$rows" -v last="$1" '
  function date(days,    z, era, doe, yoe, doy, mp, y, m) { # of the Gregorian calendar
    z = days + 719468; era = int(z / 146097); doe = z - era * 146097
    yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
    doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100)); mp = int((5 * doy + 2) / 153)
    m = mp < 10 ? mp + 3 : mp - 9; y = yoe + era * 400 + (m <= 2)
    return sprintf("%04d-%02d-%02d", y, m, doy - int((153 * mp + 2) / 5) + 1)
  }
  function id(day, row,    ms) { # a UUIDv7 whose order is that of the rows
    ms = day * 86400000 + 36000000 + row % 1000 * 30000
    return sprintf("%08x-%04x-7000-8000-%012x", int(ms / 65536), ms % 65536, row)
  }
  BEGIN {
    seed = 1; first = last - int((rows - 1) / 1000)
    for (row = 0; row < rows; row++) {
      day = first + int(row / 1000); second = row % 1000 * 30
      if (row % 1000 == 0) on = date(day)
      at = sprintf("%sT%02d:%02d:%02d.000+00:00", on, 10 + int(second / 3600), int(second / 60) % 60, second % 60)
      head = "{\"id\":\"" id(day, row) "\",\"device\":\"bench\",\"at\":\"" at "\",\"day\":\"" on "\","
      if (row % 1000 == 999) {
        print head "\"kind\":\"undo\",\"retracts\":\"" id(day, row - 1) "\"}"
        continue
      }
      seed = (seed * 16807) % 2147483647; card = seed % 10000
      grade = int(seed / 10000) % 8 ? 4 : 0; sure = int(seed / 80000) % 4 ? "null" : "\"sure\""
      print head "\"kind\":\"scheduled\",\"card\":\"leaf-" int(card / 20) "/c" card % 20 "\",\"grade\":" grade \
        ",\"elapsed_ms\":" 4000 + seed % 9000 ",\"reply\":\"" 1 + seed % 4 "\",\"confidence\":" sure "}"
    }
  }'
}

# One run: minutes would pass with five.
measure() {
  local name=$1
  shift
  command time -o "$place/time" -f '%U %S %e %M' "$@" < /dev/null > "$place/out" 2> "$place/err" ||
    { [ $? -eq 1 ] && [ ! -s "$place/err" ]; } || { echo "$name failed: $(head -n 2 "$place/err")"; }
  tail -n 1 "$place/time" | awk -v name="$name" \
    '{ printf "%-28s %6.2f s CPU %6s s wall %8.1f MB\n", name, $1 + $2, $3, $4 / 1024 }'
}

[ -n "${COLLECTION:-}" ] ||
  (cd "$here/.." && cargo bench --quiet --bench collection -- "$place/cards" 10000)
log $(($(date +%s) / 86400 - 1)) > "$place/log.jsonl"
run() { measure "$*" "$binary" --collection "${COLLECTION:-$place/cards}" "$@"; }
run log import "$place/log.jsonl"
run log import "$place/log.jsonl" --dry-run
run doctor
for report in items weak audit stats coverage ready plan due "log --json" "why leaf-7/c3" "why leaf-7" \
  "answer leaf-7/c3 --grade 4" undo "quiz --json" "mock --json --minutes 5"; do
  # shellcheck disable=SC2086 # a command and its arguments
  run $report
done
