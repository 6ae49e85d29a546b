#!/bin/sh
# Starts one Redis of a group: as a replica of the master that the others name, or as the master when nobody knows of one
# and this is the first node.
set -eu
. "$(dirname "$0")/group.sh"

PATIENCE=30
tries=0
while :; do
  master=$(known_master)
  # The sentinels still take this node for the master, but it lost what it had: as master it would empty its replicas
  # too. They promote one of those when this one keeps quiet; if there is none left, it starts with nothing.
  if [ "$master" = "$SELF" ] && [ ! -d /data/appendonlydir ] && [ "$tries" -lt "$PATIENCE" ]; then master=''; fi
  if [ -n "$master" ]; then break; fi
  if [ "$SELF" = "${NODES%% *}" ] && [ "$tries" -ge 2 ]; then master=$SELF; break; fi
  tries=$((tries + 1))
  sleep 1
done

{
  # The append-only file lies in memory: nothing reaches a disk, and writing it through costs nothing.
  echo 'dir /data'
  echo 'save ""'
  echo 'appendonly yes'
  echo 'appendfsync always'
  # A full memory refuses new messages; it never throws away a part of a room.
  echo "maxmemory ${MAXMEMORY:-512mb}"
  echo 'maxmemory-policy noeviction'
  echo 'client-output-buffer-limit pubsub 32mb 8mb 60'
  # A master that is cut off from its replicas takes nothing that would be lost when one of them is promoted.
  echo 'min-replicas-to-write 1'
  echo 'min-replicas-max-lag 2'
  # A replica that was away catches up at once, from what the master still remembers when that is enough.
  echo 'repl-diskless-sync-delay 0'
  echo 'repl-backlog-size 16mb'
  echo "replica-announce-ip $SELF"
  if [ -n "${REDISCLI_AUTH:-}" ]; then
    echo "requirepass $REDISCLI_AUTH"
    echo "masterauth $REDISCLI_AUTH"
  else
    echo 'protected-mode no'
  fi
  if [ "$master" != "$SELF" ]; then echo "replicaof $master 6379"; fi
} >/data/redis.conf
exec redis-server /data/redis.conf
