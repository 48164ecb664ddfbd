#!/bin/sh
# Verifies Lanewise's choice and each of its algorithms, in both types, in both layouts, at each vector width of this machine, and prints a
# table in Markdown of how much was compared:
#   tools/verify_all.sh [TRIES] [SEED] [DIR]
# DIR (default lanewise-verify-all) gets what each run printed, and the arguments of what did not hold. The exit code is 1 if anything
# did not. The bits that a width of 256 or 128 gives on a wider machine are those of a machine of that width.
set -u
tries=${1:-10000}
seed=${2:-20261122}
out=${3:-lanewise-verify-all}
lanewise=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)/lanewise
nhwc="IM2COL_GEMM POINTWISE DEPTHWISE DIRECT" # the algorithms that compute NHWC
failed=0
mkdir -p "$out"
rm -f "$out"/[0-9]*-*.txt

# Runs the command line at a width.
at_width() {
  width=$1
  shift
  LANEWISE_JAVA_OPTS="${LANEWISE_JAVA_OPTS:-} -Dlanewise.vectorBits=$width" "$lanewise" "$@"
}

fact() {
  sed -n "s/^$1  *//p" "$out/info.txt"
}

# verify_one BITS LAYOUT ALGORITHM: a row of the table; the algorithm is "auto" for Lanewise's own choice.
verify_one() {
  name=$1-$2-$3
  forced=
  shown="its choice"
  if [ "$3" != auto ]; then
    forced=$3
    shown=$3
  fi
  code=0
  at_width "$1" verify --tries "$tries" --seed "$seed" --layout "$2" ${forced:+--algorithm "$forced"} --out "$out/$name" \
    >"$out/$name.txt" 2>&1 || code=$?
  counts=$(sed -n 's/^every property holds: \(.*\) tries, \(.*\) elements compared bit by bit, \(.*\) s$/\1 | \2 | \3/p' "$out/$name.txt")
  if [ "$code" -eq 0 ] && [ -n "$counts" ]; then
    echo "| $1 | $2 | $shown | $counts | holds |"
  else
    failed=1
    echo "| $1 | $2 | $shown | | | | **does not hold** |"
    echo "verify_all: exit code $code, see $out/$name.txt" >&2
  fi
}

"$lanewise" info >"$out/info.txt" || exit 2
algorithms=$(fact algorithms | tr -d ,)
[ -n "$algorithms" ] || { echo "verify_all: Lanewise's vector code does not run here: $(fact provider)" >&2; exit 2; }

echo "$(date -u '+%-d %B %Y'), $(fact JDK), $(fact CPU), seed $seed, $tries random convolutions a run for the comparison with the"
echo "reference and a quarter as many for each other property, float32 and float64 in turn:"
echo
echo "| bits | layout | algorithm | tries | elements compared | seconds | |"
echo "| --: | --- | --- | --: | --: | --: | --- |"
for bits in 512 256 128; do
  if ! at_width "$bits" info >"$out/$bits.txt" 2>&1; then
    echo "| $bits | | | | | | not on this machine |"
    continue
  fi
  for algorithm in auto $algorithms; do
    verify_one "$bits" nchw "$algorithm"
  done
  for algorithm in auto $nhwc; do
    verify_one "$bits" nhwc "$algorithm"
  done
done

[ "$failed" -eq 0 ] && sed -n 's/^every property holds: //p' "$out"/[0-9]*-*.txt | tr -d , |
  awk '{ tries += $1; elements += $3; seconds += $(NF - 1) }
    END { printf "\nall %d runs hold: %.0f tries, %.0f elements, %.0f s\n", NR, tries, elements, seconds }'
exit "$failed"
