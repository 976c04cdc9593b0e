#!/bin/sh
# Builds the engine's view of the machine and becomes its first process. Runs as process 1 of new mount, pid, uts and
# ipc namespaces, inside the engine's network namespace. Everything comes in through QUILLON_* variables.
set -eu
mount --make-rprivate /
root=$QUILLON_ROOTFS
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"

# A sysfs of its own shows this network namespace; the control groups stay the machine's.
mount -t sysfs sysfs "$root/sys"
mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkdir -p "$root/run/dagger" "$root/run/lock"
mount --bind "$QUILLON_RUN" "$root/run/dagger"
mount --bind "$QUILLON_TMP" "$root/tmp"
mount --bind "$QUILLON_STATE" "$root/var/lib/dagger"
mount --bind "$QUILLON_IMAGES" "$root/quillon/images"
mount --bind "$QUILLON_REGISTRY" "$root/quillon/registry"
mount --bind "$QUILLON_CONFIG" "$root/quillon/config"
mount --bind "$QUILLON_LOGS" "$root/quillon/logs"
mount --bind "$QUILLON_CONTENT" "$root/usr/local/share/dagger/content"
: > "$root/etc/dagger/engine.json"
mount --bind "$QUILLON_CONFIG/engine.json" "$root/etc/dagger/engine.json"
mount --bind "$QUILLON_CONFIG/certificates" "$root/usr/local/share/ca-certificates"
for name in resolv.conf hosts; do
  [ -e "$root/etc/$name" ] || : > "$root/etc/$name"
  mount --bind "$QUILLON_CONFIG/$name" "$root/etc/$name"
done
echo "$QUILLON_NAME" > /proc/sys/kernel/hostname

# The engine re-enters its mount namespace and looks from the namespace's root, so chroot is not enough.
cd "$root"
pivot_root . mnt/host
umount -l /mnt/host
cd /
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
exec /bin/sh /quillon/config/start.sh
