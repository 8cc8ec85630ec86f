# Runs a command in the machine that `fresh` has made: sh fresh.sh MACHINE USER
# FOLDER COMMAND... It runs in a mount namespace of its own, so that no mount is
# ever seen from outside, and all of them end with the last process in it.
set -eu
machine=$1 user=$2 folder=$3
shift 3

# Tests make mounts of their own, for which / has to be a mount.
mount --bind "$machine" "$machine"
mount -t proc proc "$machine/proc"
mount -t sysfs -o ro sysfs "$machine/sys"
mount -t tmpfs -o mode=1777 tmpfs "$machine/tmp"

# Devices, each a mount: what deletes /dev/null deletes a name in here.
mount -t tmpfs -o mode=755 tmpfs "$machine/dev"
mkdir "$machine/dev/pts" "$machine/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$machine/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$machine/dev/shm"
ln -s pts/ptmx "$machine/dev/ptmx"
ln -s /proc/self/fd "$machine/dev/fd"
for number in 0:stdin 1:stdout 2:stderr; do
    ln -s "/proc/self/fd/${number%:*}" "$machine/dev/${number#*:}"
done
for device in null zero full random urandom tty fuse; do
    if [ -e "/dev/$device" ]; then
        touch "$machine/dev/$device"
        mount --bind "/dev/$device" "$machine/dev/$device"
    fi
done

home=/root
[ "$user" = root ] || home=/home/$user
exec chroot --userspec="$user" "$machine" /usr/bin/env -i \
    HOME="$home" USER="$user" LANG=C.UTF-8 \
    PATH="$home/.cargo/bin:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin" \
    $(env | grep -iE '^(https?_proxy|no_proxy|RUSTUP_AUTO_INSTALL|RUSTUP_DIST_SERVER)=' || true) \
    sh -c 'cd "$1" && shift && exec "$@"' sh "$folder" "$@"
