#!/bin/sh
# Verifies Lanewise's choice, for both layouts, and each of its algorithms, in both types, at each vector width of this machine, and prints a table in
# Markdown of how much was compared:
#   tools/verify_all.sh [TRIES] [SEED] [DIR]
# DIR (default lanewise-verify-all) gets what each run printed, and the arguments of what did not hold. The exit code is 1 if anything
# did not. The bits that a width of 256 or 128 gives on a wider machine are those of a machine of that width.
set -u
tries=${1:-10000}
seed=${2:-20261122}
out=${3:-lanewise-verify-all}
lanewise=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)/lanewise
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

"$lanewise" info >"$out/info.txt" || exit 2
algorithms=$(fact algorithms | tr -d ,)
[ -n "$algorithms" ] || { echo "verify_all: Lanewise's vector code does not run here: $(fact provider)" >&2; exit 2; }

echo "$(date -u '+%-d %B %Y'), $(fact JDK), $(fact CPU), seed $seed, $tries random convolutions a run for the comparison with the"
echo "reference and a quarter as many for each other property, float32 and float64 in turn:"
echo
echo "| bits | algorithm | tries | elements compared | seconds | |"
echo "| --: | --- | --: | --: | --: | --- |"

failed=0
for bits in 512 256 128; do
  if ! at_width "$bits" info >"$out/$bits.txt" 2>&1; then
    echo "| $bits | | | | | not on this machine |"
    continue
  fi
  for algorithm in auto nhwc $algorithms; do
    log=$out/$bits-$algorithm.txt
    set -- verify --tries "$tries" --seed "$seed" --out "$out/$bits-$algorithm"
    case $algorithm in
      auto) name="its choice" ;;
      nhwc) name="its choice for NHWC"; set -- "$@" --layout nhwc ;;
      *) name=$algorithm; set -- "$@" --algorithm "$algorithm" ;;
    esac
    at_width "$bits" "$@" >"$log" 2>&1
    code=$?
    counts=$(sed -n 's/^every property holds: \(.*\) tries, \(.*\) elements compared bit by bit, \(.*\) s$/\1 | \2 | \3/p' "$log")
    if [ "$code" -eq 0 ] && [ -n "$counts" ]; then
      echo "| $bits | $name | $counts | holds |"
    else
      failed=1
      echo "| $bits | $name | | | | **does not hold** |"
      echo "verify_all: exit code $code, see $log" >&2
    fi
  done
done
[ "$failed" -eq 0 ] && sed -n 's/^every property holds: //p' "$out"/[0-9]*-*.txt | tr -d , |
  awk '{ tries += $1; elements += $3; seconds += $(NF - 1) }
    END { printf "\nall %d runs hold: %.0f tries, %.0f elements, %.0f s\n", NR, tries, elements, seconds }'
exit "$failed"
