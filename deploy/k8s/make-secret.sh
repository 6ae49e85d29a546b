#!/bin/sh
# Makes the secret that the gateways and Redis share, once; what exists stays as it is.
#   deploy/k8s/make-secret.sh                                          namespace bytechat, Redis in the cluster
#   NAMESPACE=chat deploy/k8s/make-secret.sh                  another namespace
#   deploy/k8s/make-secret.sh 'rediss://user:password@redis.example:6380'   for overlays/prod-external
set -eu

namespace=${NAMESPACE:-bytechat}
random() { head -c 32 /dev/urandom | od -An -vtx1 | tr -d ' \n'; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# By files, so that no secret stands in the list of processes.
random >"$folder/secret-key"
random >"$folder/redis-password"
[ $# -eq 0 ] || printf %s "$1" >"$folder/redis-url"

kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace"
if kubectl -n "$namespace" get secret bytechat >/dev/null 2>&1; then
  echo 'The secret bytechat is there already.'
else
  kubectl -n "$namespace" create secret generic bytechat --from-file="$folder"
fi
