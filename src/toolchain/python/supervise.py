"""Runs one command under a deadline and writes down what happened. Standard library only, Python 3.9 or newer.

    supervise.py LABEL SPEC -- PROGRAM [ARGUMENT ...]

SPEC is a JSON object: out (folder), timeout and grace (seconds), reports ([name, path] pairs), keeps ([kind, path]
pairs), hide (names of environment variables that the command does not see), secrets (names of those whose values are
not written down). The folder `out` receives stdout, stderr, kept/<kind>/ and result.json. However the command ends,
this program exits 0; it exits otherwise only when it could not do its own work.
"""

import errno
import json
import os
import re
import resource  # noqa: F401  (os.wait4 imports it late; named here so that runtime.py takes it along)
import signal
import stat
import sys
import time
import warnings  # noqa: F401  (os.execvpe imports it late)

try:
    from _sha2 import sha256
except ImportError:
    try:
        from _sha256 import sha256
    except ImportError:
        from hashlib import sha256

TAIL_BYTES = 32 * 1024
REPORT_BYTES = 8 * 1024 * 1024
CHUNK = 1024 * 1024
NEWEST_BYTES = 4 * 1024
NEWEST_CHARACTERS = 200
# Seconds between two looks at what the command printed.
NEWEST_PERIOD = 1
# A shorter value stands in ordinary words and numbers; to mask it would hide nothing and break reports.
SHORTEST_SECRET = 4
MASK = b"***"
# 1980-01-01: the same files give the same folder, and zip can store the time.
KEPT_MTIME = 315532800
WATCHED = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

# The engine sets these in every container to follow what runs there; a test of the project must not export to it.
TELEMETRY = re.compile("OTEL_EXPORTER_OTLP_.*|OTEL_(TRACES|METRICS|LOGS)_EXPORTER|TRACEPARENT|TRACESTATE|BAGGAGE")
ESCAPES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"  # OSC, DCS: titles, links
    "|\x1b[ -/]*[0-~]?"
)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
COMMANDS = re.compile(r"^([^\S\n]*):(?=:)", re.MULTILINE)
OLD_COMMANDS = re.compile(r"##(?=[a-z]*\[)")


def neutralise(text):
    """Takes from a text what would act on a terminal or on a CI system's log."""
    text = ESCAPES.sub("", text.replace("\r\n", "\n")).replace("\r", "\n")
    text = CONTROLS.sub(lambda found: ascii(found.group())[1:-1], text)
    return OLD_COMMANDS.sub("## ", COMMANDS.sub(r"\1: ", text))


def values_of(name):
    """The value of a secret; of an index's credential, which is `user:password`, the password by itself too."""
    value = os.environ.get(name, "")
    return [value, value.strip().partition(":")[2]] if name.startswith("QUILLON_INDEX_") else [value]


def forms_of(secret):
    """The ways in which a value is printed: as it is, line by line, in JSON, in Python's quotes."""
    for text in [secret, *secret.splitlines()]:
        for form in (text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], repr(text)[1:-1]):
            if len(form.strip()) >= SHORTEST_SECRET:
                yield form.strip().encode("utf-8", "surrogateescape")


class Mask:
    """Takes the values of secrets out of what is written down, because the engine looks at streams and not at files."""

    def __init__(self, names):
        values = {value for name in names for value in values_of(name)}
        forms = sorted({form for value in values for form in forms_of(value)}, key=len, reverse=True)
        self.longest = len(forms[0]) if forms else 0
        # A value of several lines may be half written when it is looked at.
        self.has_lines = any(b"\n" in form for form in forms)
        self.pattern = re.compile(b"|".join(map(re.escape, forms))) if forms else None

    def data(self, data):
        return self.pattern.sub(MASK, data) if self.pattern else data

    def file(self, path):
        if self.pattern is None:
            return
        rest, more = b"", True
        with open(path, "rb") as source, open(path + ".masked", "wb") as target:
            while more:
                chunk = source.read(CHUNK)
                data, more = rest + chunk, bool(chunk)
                # A value may lie across two chunks: what could be its beginning waits for the next.
                end, limit = 0, len(data) - (self.longest - 1 if more else 0)
                for found in self.pattern.finditer(data):
                    if found.start() >= limit:
                        break
                    target.write(data[end : found.start()] + MASK)
                    end = found.end()
                cut = max(end, limit)
                target.write(data[end:cut])
                rest = data[cut:]
        os.replace(path + ".masked", path)


class Newest:
    """Prints the newest line of the output now and then: whoever follows the engine sees what the command is at."""

    def __init__(self, out, mask):
        self.sizes = {os.path.join(out, name): 0 for name in ("stdout", "stderr")}
        self.mask = mask

    def tell(self):
        for path, seen in self.sizes.items():
            try:
                size = os.stat(path).st_size
                line = self.line(path, size) if size != seen and not self.mask.has_lines else ""
            except OSError:
                continue
            self.sizes[path] = size
            if line:
                print(line[:NEWEST_CHARACTERS], flush=True)

    def line(self, path, size):
        """The last line that says something. Only a whole one where secrets are about: half of a value is not masked."""
        with open(path, "rb") as file:
            file.seek(max(0, size - NEWEST_BYTES))
            data = file.read(NEWEST_BYTES)
        if size > NEWEST_BYTES:
            data = data[data.find(b"\n") + 1 :] if b"\n" in data else b""
        if self.mask.pattern:
            data = self.mask.data(data[: data.rfind(b"\n") + 1])
        lines = neutralise(data.decode("utf-8", "replace")).split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def capture(path):
    """The end of an output file, as result.json carries it."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL_BYTES))
        data = file.read(TAIL_BYTES)
    if size > len(data):
        # Not from the middle of a line, unless one line fills it all.
        data = data[data.find(b"\n") + 1 :]
        while data and data[0] & 0xC0 == 0x80:
            data = data[1:]
    tail = neutralise(data.decode("utf-8", "replace"))
    longer = len(tail) > TAIL_BYTES
    return {"tail": tail[-TAIL_BYTES:], "bytes": size, "truncated": size > len(data) or longer}


def open_regular(path):
    """Opens a regular file, or gives None: no pipe may block us and no folder be read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    return None


def identity(path):
    """What tells a file from the one that lay there before the command."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def read_reports(reports, before, mask):
    texts = {}
    for name, path in reports:
        file = None if identity(path) == before.get(path) else open_regular(path)
        if file is None:
            continue
        with file:
            data = file.read(REPORT_BYTES)
            size = os.fstat(file.fileno()).st_size
        text = mask.data(data).decode("utf-8", "replace")
        if size > len(data):
            text += "\n[quillon: cut after %d of %d bytes]\n" % (len(data), size)
        texts[name] = text
    return texts


def copy_kept(source, target):
    """Copies one file; gives its size and digest, or None when it cannot be read."""
    file = open_regular(source)
    if file is None:
        return None
    digest, size = sha256(), 0
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with file, open(target, "wb") as copy:
        while True:
            chunk = file.read(CHUNK)
            if not chunk:
                break
            digest.update(chunk)
            copy.write(chunk)
            size += len(chunk)
        os.chmod(target, 0o755 if os.fstat(file.fileno()).st_mode & 0o100 else 0o644)
    os.utime(target, (KEPT_MTIME, KEPT_MTIME))
    return {"bytes": size, "sha256": digest.hexdigest()}


def keep(keeps, out):
    kept = {}
    for kind, path in keeps:
        folder = os.path.join(out, "kept", kind)
        os.makedirs(folder, exist_ok=True)
        names = [os.path.basename(path)]
        base = os.path.dirname(path)
        if os.path.isdir(path):
            base = path
            names = [
                os.path.relpath(os.path.join(parent, name), path)
                for parent, _, files in os.walk(path)
                for name in files
            ]
        files = kept.setdefault(kind, {})
        for name in names:
            facts = copy_kept(os.path.join(base, name), os.path.join(folder, name))
            if facts is not None:
                files[name] = {"path": name, **facts}
    return {kind: [files[name] for name in sorted(files)] for kind, files in kept.items()}


def members(session):
    """Processes of a session, whatever process group they moved to."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % name, "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != b"Z":
            found.append(int(name))
    return found


def kill(session, number):
    for pid in members(session):
        try:
            os.kill(pid, number)
        except OSError:
            pass


def kill_for_good(session):
    """Repeats until nothing is left, because a process may fork between look and kill."""
    for _ in range(20):
        if not members(session):
            return
        kill(session, signal.SIGKILL)
        time.sleep(0.01)


def why_unstartable(program, error):
    found = os.sep in program and os.path.exists(program)
    if error.errno == errno.ENOENT and found:
        return "%s is there, but the interpreter or loader that it names is not" % program
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return "no such program: %s" % program
    if error.errno == errno.EACCES:
        return "not executable: %s" % program
    return "%s: %s" % (program, os.strerror(error.errno or 0))


def start(argv, environment, out):
    """Starts the command in a session of its own; gives (pid, None), or (pid, why) when exec failed."""
    reader, writer = os.pipe()
    streams = [
        os.open(os.devnull, os.O_RDONLY),
        os.open(os.path.join(out, "stdout"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644),
        os.open(os.path.join(out, "stderr"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644),
    ]
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
            # Python ignores these; the command must not inherit that.
            for name in ("SIGPIPE", "SIGXFSZ"):
                signal.signal(getattr(signal, name), signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.execvpe(argv[0], argv, environment)
        except OSError as error:
            os.write(writer, why_unstartable(argv[0], error).encode("utf-8", "surrogateescape"))
        except BaseException as error:
            os.write(writer, ("%s: %r" % (argv[0], error)).encode("utf-8", "surrogateescape"))
        finally:
            os._exit(127)
    os.close(writer)
    for stream in streams:
        os.close(stream)
    with os.fdopen(reader, "rb") as pipe:
        why = pipe.read().decode("utf-8", "replace")
    return pid, why or None


def wait(pid, timeout, grace, tell):
    """Waits for the command; TERM to its session at the deadline, KILL after the grace."""
    deadline, late = time.monotonic() + timeout, False
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return status, usage, late
        left = deadline - time.monotonic()
        if left <= 0:
            kill(pid, signal.SIGKILL if late else signal.SIGTERM)
            deadline, late = time.monotonic() + (1 if late else grace), True
            continue
        got = signal.sigtimedwait(WATCHED, min(left, NEWEST_PERIOD))
        if got is None:
            tell()
        if got is not None and got.si_signo != signal.SIGCHLD:
            kill_for_good(pid)
            sys.exit(128 + got.si_signo)


def describe(status, late, timeout):
    if late:
        return {"kind": "timed-out", "seconds": timeout}
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            return {"kind": "signalled", "signal": signal.Signals(number).name}
        except ValueError:
            return {"kind": "signalled", "signal": "signal %d" % number}
    return {"kind": "exited", "code": os.WEXITSTATUS(status)}


def main(label, spec, argv):
    out = spec["out"]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in spec["hide"] and TELEMETRY.fullmatch(name) is None
    }
    before = {path: identity(path) for _, path in spec["reports"]}
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    started, clock = time.time(), time.monotonic()
    pid, why = start(argv, environment, out)
    mask = Mask(spec["secrets"])
    status, usage, late = wait(pid, spec["timeout"], spec["grace"], Newest(out, mask).tell)
    seconds = time.monotonic() - clock
    kill_for_good(pid)
    for name in ("stdout", "stderr"):
        mask.file(os.path.join(out, name))
    result = {
        "command": label.rpartition(":")[2],
        "argv": argv,
        "exit": {"kind": "unstartable", "why": why} if why else describe(status, late, spec["timeout"]),
        "seconds": round(seconds, 3),
        "started": int(started * 1000),
        "peakMemoryBytes": usage.ru_maxrss * 1024,
        "stdout": capture(os.path.join(out, "stdout")),
        "stderr": capture(os.path.join(out, "stderr")),
        "reports": read_reports(spec["reports"], before, mask),
        "kept": keep(spec["keeps"], out),
    }
    with open(os.path.join(out, "result.json"), "w", encoding="ascii") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]), sys.argv[4:])
