#!/bin/sh
# Before a Redis ends on purpose: if it is the master, it has the sentinels promote another one and waits until they
# name it. From the first line on it takes no write, so nothing is written that the next master would not have.
set -eu
. "$(dirname "$0")/group.sh"

PATIENCE=15
named_master() { ask_sentinel "$1" sentinel get-master-addr-by-name "$GROUP" | head -n 1; }

[ "$(ask 127.0.0.1 6379 role | head -n 1)" = master ] || exit 0
ask 127.0.0.1 6379 client pause $((PATIENCE * 1000)) write >/dev/null
# One sentinel leads it; a second one, asked meanwhile, would start another change.
for sentinel in $SENTINELS; do
  if [ "$(ask_sentinel "$sentinel" sentinel failover "$GROUP")" = OK ]; then
    tries=0
    while [ "$(named_master "$sentinel")" = "$SELF" ] && [ "$tries" -lt "$PATIENCE" ]; do
      tries=$((tries + 1))
      sleep 1
    done
    exit 0
  fi
done
ask 127.0.0.1 6379 client unpause >/dev/null
