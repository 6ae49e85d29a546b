# What the scripts beside it share. They read from the environment:
#   SELF            this one's address, as the others reach it
#   NODES           the addresses of all Redis nodes; the first is the master when nobody knows of another
#   SENTINELS       the addresses of all sentinels
#   REDISCLI_AUTH   the password of Redis (none: the network is the guard); redis-cli reads it by itself
GROUP=bytechat

# An address that a node can be asked at for two seconds and no longer.
ask() {
  host=$1 port=$2
  shift 2
  timeout 2 redis-cli -h "$host" -p "$port" "$@" 2>/dev/null || true
}

# Sentinels have no password.
ask_sentinel() (
  unset REDISCLI_AUTH
  host=$1
  shift
  ask "$host" 26379 "$@"
)

# The master as the first sentinel names it that answers, else the node that says so of itself; else nothing.
known_master() {
  for sentinel in $SENTINELS; do
    [ "$sentinel" != "$SELF" ] || continue
    master=$(ask_sentinel "$sentinel" sentinel get-master-addr-by-name "$GROUP" | head -n 1)
    case " $NODES " in *" ${master:-nobody} "*) echo "$master"; return ;; esac
  done
  for node in $NODES; do
    [ "$node" != "$SELF" ] || continue
    if [ "$(ask "$node" 6379 role | head -n 1)" = master ]; then echo "$node"; return; fi
  done
}
