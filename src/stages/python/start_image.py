"""Starts an image's own command in its own container, and says whether it lives.

    start_image.py IMAGE_JSON OUT SECONDS

IMAGE_JSON is what inspect_image.py wrote. Runs on the supervisor's runtime, because an image need not hold Python:
nothing is imported here that supervise.py does not import. OUT receives how the command ended, or what proved that it
lives: its health check, a port that it exposes, or three seconds. Exits 0 whenever OUT tells the whole story.
"""

import errno
import json
import os
import signal
import sys
import time

SETTLED = 3
LISTEN = "0A"


def spawn(argv, quiet=False):
    """Starts a process in a group of its own; gives (pid, None) or (None, why not)."""
    actions = []
    if quiet:
        actions = [(os.POSIX_SPAWN_OPEN, number, "/dev/null", os.O_WRONLY, 0) for number in (1, 2)]
    try:
        return os.posix_spawnp(argv[0], argv, os.environ, file_actions=actions, setpgroup=0), None
    except OSError as error:
        return None, "%s: %s" % (argv[0], os.strerror(error.errno or errno.ENOENT))


def ended(pid):
    """None while the process runs, else its exit code; a negative one is a signal."""
    done, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else None


def listening():
    """Ports on which something in this container waits for connections."""
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table) as file:
                rows = [line.split() for line in file.readlines()[1:]]
        except OSError:
            continue
        ports.update(int(row[1].rsplit(":", 1)[1], 16) for row in rows if row[3] == LISTEN)
    return ports


def stop(pid, seconds=5):
    for sent in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(pid, sent)
        except ProcessLookupError:
            return
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if ended(pid) is not None:
                    return
            except ChildProcessError:
                return
            time.sleep(0.02)


def healthy(check, until):
    """Whether the image's own health check passes now."""
    argv = ["/bin/sh", "-c", check[1]] if check[0] == "CMD-SHELL" else check[1:]
    pid, why = spawn(argv, quiet=True)
    if pid is None:
        return False
    code = None
    while code is None and time.monotonic() < until:
        time.sleep(0.02)
        code = ended(pid)
    if code is None:
        stop(pid, 1)
    return code == 0


def watch(pid, image, seconds):
    began = time.monotonic()
    check = image["healthcheck"] if image["healthcheck"][:1] not in ([], ["NONE"]) else None
    ports = {int(port.split("/")[0]) for port in image["ports"] if not port.endswith("/udp")}
    until = began + (seconds if check or ports else SETTLED)
    while time.monotonic() < until:
        code = ended(pid)
        if code is not None:
            return {"kind": "exited", "code": code} if code >= 0 else {"kind": "signalled", "signal": -code}
        if check and healthy(check, until):
            return {"kind": "alive", "proof": "its health check passed"}
        open_ports = sorted(listening() & ports)
        if not check and open_ports:
            return {"kind": "alive", "proof": "it listens on port %d" % open_ports[0]}
        time.sleep(0.5 if check else 0.05)
    if check:
        return {"kind": "unhealthy", "check": " ".join(check[1:])}
    if ports:
        return {"kind": "deaf", "ports": sorted(ports), "open": sorted(listening())}
    return {"kind": "alive", "proof": "it still ran after %d s" % SETTLED}


def main(image_json, out, seconds):
    with open(image_json, encoding="utf-8") as file:
        image = json.load(file)
    argv = image["entrypoint"] + image["command"]
    began = time.monotonic()
    if not argv:
        end = {"kind": "nothing"}
    else:
        pid, why = spawn(argv)
        end = {"kind": "unstartable", "why": why}
        if pid is not None:
            end = watch(pid, image, float(seconds))
            stop(pid)
    os.makedirs(os.path.dirname(out), exist_ok=True)
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"argv": argv, "end": end, "seconds": round(time.monotonic() - began, 1)}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
