#!/bin/sh
# Tries an overlay on the cluster that kubectl reaches, in a namespace of its own: applies it, waits, has two people talk
# through every gateway, replaces all gateways while others talk, and deletes it. Says so when there is no cluster.
#   deploy/k8s/smoke.sh              overlays/dev
#   deploy/k8s/smoke.sh prod         another overlay, with the images it names
#   PROBE='npx bytechat probe' deploy/k8s/smoke.sh
# PROBE is a command that takes an address and fails when two people can't talk there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
overlay=${1:-dev}
namespace=bytechat-smoke-$$
probe=${PROBE:-node $here/../../apps/cli/dist/bytechat.mjs probe}
PATIENCE=240s

say() { echo "smoke: $*"; }
in_namespace() { kubectl -n "$namespace" "$@"; }

if ! kubectl --request-timeout=5s get namespaces >/dev/null 2>&1; then
  say 'skipped: kubectl reaches no cluster.'
  exit 0
fi

# Beside the overlays, since Kustomize takes no absolute path.
folder=$(mktemp -d "$here/.smoke-XXXXXX")
forward=''
stop_forward() {
  [ -z "$forward" ] || kill "$forward" 2>/dev/null || true
  forward=''
}
clean_up() {
  stop_forward
  rm -rf "$folder"
  kubectl delete namespace "$namespace" --ignore-not-found --wait=false
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# Leads to a pod or a service, at $address.
forward_to() {
  # The shell below empties it too, but maybe after it was read for the first time.
  : >"$folder/forward"
  kubectl -n "$namespace" port-forward "$1" ":$2" >"$folder/forward" 2>&1 &
  forward=$!
  tries=0
  until address=$(sed -n 's|^Forwarding from 127.0.0.1:\([0-9]*\) .*|http://127.0.0.1:\1|p' "$folder/forward") && [ -n "$address" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
      say "no way to $1: $(cat "$folder/forward")"
      exit 1
    fi
    sleep 0.1
  done
}

wait_for_all() {
  for workload in $(in_namespace get deployments,statefulsets --output=name); do
    in_namespace rollout status "$workload" --timeout="$PATIENCE"
  done
}

cat >"$folder/kustomization.yaml" <<END
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: $namespace
resources: [../overlays/$overlay]
END

say "applying overlays/$overlay in $namespace"
NAMESPACE=$namespace "$here/make-secret.sh"
kubectl apply -k "$folder"
wait_for_all

for pod in $(in_namespace get pods --selector=app.kubernetes.io/name=gateway --output=name); do
  say "talking through $pod"
  forward_to "$pod" 8080
  $probe "$address"
  stop_forward
done

say 'replacing every gateway while people talk'
forward_to service/web 80
in_namespace rollout restart deployment/gateway
in_namespace rollout status deployment/gateway --timeout="$PATIENCE" >"$folder/rolled" 2>&1 &
rolling=$!
while kill -0 "$rolling" 2>/dev/null; do $probe "$address"; done
wait "$rolling"
$probe "$address"
say 'all is well'
