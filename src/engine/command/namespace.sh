#!/bin/sh
# Runs a command in a root of its own, in which only what is named exists: what audit events do not tell, such as the
# question whether a file is there, finds nothing. In namespaces of mounts, network, processes, names
# and shared memory that were made for it.
#
# Usage: namespace.sh as-it-is|otherwise ROOT ro:PATH ... rw:PATH ... -- COMMAND ...; a path stands before those below it.
set -eu
umask 022
# A user's limits cannot be hidden: run otherwise, they are others.
if [ "$1" = otherwise ]; then
  for limit in t f d s c m l n v; do
    case $(ulimit -S -$limit) in
      unlimited) [ $limit = s ] || ulimit -S -$limit 1000000000 ;;
      0) ;;
      *) ulimit -S -$limit $(($(ulimit -S -$limit) - 1)) ;;
    esac
  done
fi
shift
root=$1
folder=$PWD
shift
mount -t tmpfs tmpfs "$root"
while [ "$1" != -- ]; do
  path=${1#r?:}
  if [ -d "$path" ]; then
    mkdir -p "$root$path"
  else
    mkdir -p "$root$(dirname "$path")"
    [ -e "$root$path" ] || : >"$root$path"
  fi
  mount --bind "$path" "$root$path"
  case $1 in ro:*) mount -o remount,bind,ro "$root$path" ;; esac
  shift
done
shift
mkdir -p "$root/dev/shm" "$root$folder"
for device in null zero random urandom; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
echo stage >/proc/sys/kernel/hostname
# Without a capability it can undo nothing of this. And it is not the first process here, which no signal ends that has no
# handler.
chroot "$root" /usr/bin/setpriv --no-new-privs --bounding-set=-all --inh-caps=-all \
  /usr/bin/env -C "$folder" "$@" || exit $?
