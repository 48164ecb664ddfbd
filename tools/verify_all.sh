#!/bin/sh
# Verifies Lanewise's choice and each of its algorithms, in both types, at each vector width of this machine:
#   tools/verify_all.sh [TRIES] [SEED]
# The bits that a width of 256 or 128 gives on a wider machine are those of a machine of that width.
set -u
tries=${1:-10000}
seed=${2:-20261122}
lanewise=$(dirname "$0")/../lanewise
failed=0
for bits in 512 256 128; do
  if ! LANEWISE_JAVA_OPTS="${LANEWISE_JAVA_OPTS:-} -Dlanewise.vectorBits=$bits" "$lanewise" info >/dev/null 2>&1; then
    echo "$bits bits: not on this machine"
    continue
  fi
  LANEWISE_JAVA_OPTS="${LANEWISE_JAVA_OPTS:-} -Dlanewise.vectorBits=$bits" \
    "$lanewise" verify --tries "$tries" --seed "$seed" --algorithm all --out "lanewise-counterexample-$bits" || failed=1
done
exit $failed
