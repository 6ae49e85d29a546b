#!/bin/sh
# Starts one sentinel once a master is known. What it learns is written to memory and gone with it: it asks anew.
set -eu
. "$(dirname "$0")/group.sh"

until master=$(known_master) && [ -n "$master" ]; do sleep 1; done

{
  echo 'dir /tmp'
  echo 'protected-mode no'
  echo 'sentinel resolve-hostnames yes'
  echo 'sentinel announce-hostnames yes'
  echo "sentinel announce-ip $SELF"
  echo "sentinel monitor $GROUP $master 6379 2"
  echo "sentinel down-after-milliseconds $GROUP 3000"
  echo "sentinel failover-timeout $GROUP 10000"
  echo "sentinel parallel-syncs $GROUP 2"
  if [ -n "${REDISCLI_AUTH:-}" ]; then echo "sentinel auth-pass $GROUP $REDISCLI_AUTH"; fi
} >/tmp/sentinel.conf
exec redis-server /tmp/sentinel.conf --sentinel
