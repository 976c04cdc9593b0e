#!/bin/sh
# Inside the engine's root filesystem: the registry beside it, then the engine. When this process tree's first process
# ends the kernel ends all others.
set -eu
unset QUILLON_ROOTFS QUILLON_RUN QUILLON_TMP QUILLON_STATE QUILLON_IMAGES QUILLON_REGISTRY QUILLON_CONFIG QUILLON_CONTENT QUILLON_LOGS
(
  while :; do
    docker-registry serve /quillon/config/registry.yml >> /quillon/logs/registry.log 2>&1 || :
    sleep 1
  done
) &
# The engine keeps network namespaces in stock; its default of 128 makes start and stop slow.
exec dumb-init -- dagger-engine --config /quillon/config/engine.toml --oci-cni-pool-size 32 --root /var/lib/dagger \
  --addr unix:///run/dagger/engine.sock --oci-cni-binary-dir /opt/cni/bin
