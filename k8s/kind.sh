#!/usr/bin/env bash
# A kind cluster with a registry at localhost:5001, for "tilt up" and for trying the chart. May be run again.
set -euo pipefail
here=$(dirname "$0")
registry=gorder-registry
port=5001

running() { [[ $(docker inspect -f '{{.State.Running}}' "$registry" 2>/dev/null) == true ]]; }

running || docker run -d --restart=always -p "127.0.0.1:$port:5000" --name "$registry" registry:2
kind get clusters | grep -qx gorder || kind create cluster --config "$here/kind.yaml"

# On the nodes, localhost:5001 is the registry's container.
for node in $(kind get nodes --name gorder); do
  docker exec "$node" mkdir -p "/etc/containerd/certs.d/localhost:$port"
  printf '[host."http://%s:5000"]\n' "$registry" |
    docker exec -i "$node" cp /dev/stdin "/etc/containerd/certs.d/localhost:$port/hosts.toml"
done
docker network inspect kind -f '{{range .Containers}}{{.Name}} {{end}}' | grep -qw "$registry" ||
  docker network connect kind "$registry"

# How Tilt and others find the registry.
kubectl --context kind-gorder apply -f - <<YAML
apiVersion: v1
kind: ConfigMap
metadata:
  name: local-registry-hosting
  namespace: kube-public
data:
  localRegistryHosting.v1: |
    host: "localhost:$port"
YAML
kubectl --context kind-gorder apply -f "$here/namespace.yaml"
