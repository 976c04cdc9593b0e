#!/bin/sh
# Makes a Debian root filesystem with Python look like Docker's python:X.Y-slim. mmdebstrap calls it with the folder.
set -eu
root=$1

# pip must be able to install, as it can in Docker's images.
rm -f "$root"/usr/lib/python3*/EXTERNALLY-MANAGED

mkdir -p "$root/usr/local/bin"
for name in python python3; do ln -sf /usr/bin/python3 "$root/usr/local/bin/$name"; done
for name in pip pip3; do ln -sf /usr/bin/pip3 "$root/usr/local/bin/$name"; done
for path in "$root"/usr/bin/python3.[0-9]*; do
  name=${path##*/}
  case $name in python3.[0-9]|python3.[0-9][0-9])
    ln -sf "/usr/bin/$name" "$root/usr/local/bin/$name"
    ln -sf /usr/bin/pip3 "$root/usr/local/bin/pip${name#python}" ;;
  esac
done

# With this program in the image the engine runs it around every command (1.4 s each); without it the engine appends
# its certificates to the bundle (0.1 s).
rm -f "$root/usr/sbin/update-ca-certificates"

# Not for an image: the machine's identity, logs.
: > "$root/etc/machine-id"
rm -f "$root"/var/log/*.log "$root"/var/log/apt/* "$root"/var/cache/ldconfig/aux-cache
rm -f "$root/etc/hostname" "$root/etc/resolv.conf"

# Compiled once: a command of an ordinary user compiles all that it imports at each start, and can't keep it. Checked by
# content, because the times of files are not those that the package manager saw.
find "$root/usr/lib" -name __pycache__ -type d -prune -exec rm -rf {} +
for library in "$root"/usr/lib/python3*; do
  PYTHONHASHSEED=0 chroot "$root" python3 -m compileall -q --invalidation-mode checked-hash "${library#"$root"}"
done
