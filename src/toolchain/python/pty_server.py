"""Serves one shell or one command to the first client that knows the token. Standard library only, Python 3.8 or newer.

    pty_server.py PORT TOKEN_FILE SECONDS

The client sends the token, then frames: one byte of kind, four bytes of length (big-endian), the payload.

    from the client   O  once, first: JSON {argv or null, terminal, rows, columns, environment, shells, path}
                      D  input      E  end of input      W  rows and columns, 2 bytes each
    to the client     A  the token was right             D  output      F  standard error, where it is no terminal
                      X  last: JSON {code}, {signal} or {why}

The port closes when a client was admitted. Who says anything else is dropped without an answer. After SECONDS without
a client, and when the client goes away, this program ends.
"""

import fcntl
import hmac
import json
import os
import re
import select
import signal
import socket
import struct
import sys
import termios
import time

HANDSHAKE_SECONDS = 10
PENDING_CLIENTS = 64
CHUNK = 64 * 1024
# What may wait in memory in one direction; above it the other side waits.
BACKLOG = 256 * 1024
LONGEST_FRAME = 1024 * 1024
GRACE_SECONDS = 2
SETTLE_SECONDS = 0.1

# Tells rerun.py where the stage's command works.
FOLDER = "QUILLON_STAGE_FOLDER"
# As in supervise.py: the engine sets these to follow what runs in a container.
TELEMETRY = re.compile("OTEL_EXPORTER_OTLP_.*|OTEL_(TRACES|METRICS|LOGS)_EXPORTER|TRACEPARENT|TRACESTATE|BAGGAGE")


def frame(kind, payload=b""):
    return kind + struct.pack(">I", len(payload)) + payload


def take_frame(data):
    """Takes the first whole frame out of a bytearray: (kind, payload), or None where more has to come."""
    if len(data) < 5:
        return None
    (length,) = struct.unpack_from(">I", data, 1)
    if length > LONGEST_FRAME:
        raise ValueError("a frame of %d bytes" % length)
    if len(data) < 5 + length:
        return None
    kind, payload = bytes(data[:1]), bytes(data[5 : 5 + length])
    del data[: 5 + length]
    return kind, payload


def listen(port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("", port))
    listener.listen(PENDING_CLIENTS)
    return listener


def admit(listener, token, seconds):
    """The first client that says the token; None when none did in time. Nobody who is silent holds others up."""
    end = time.monotonic() + seconds
    pending = {}
    try:
        while time.monotonic() < end:
            readable, _, _ = select.select([listener, *pending], [], [], 0.5)
            if listener in readable:
                client, _ = listener.accept()
                pending[client] = (b"", time.monotonic() + HANDSHAKE_SECONDS)
            for client, (said, late) in list(pending.items()):
                if client in readable:
                    try:
                        more = client.recv(len(token) - len(said))
                    except OSError:
                        more = b""
                    said += more
                    if len(said) == len(token) and hmac.compare_digest(said, token):
                        del pending[client]
                        return client
                    pending[client] = (said, late)
                    if more and len(said) < len(token):
                        continue
                elif time.monotonic() < late and len(pending) <= PENDING_CLIENTS:
                    continue
                client.close()
                del pending[client]
        return None
    finally:
        listener.close()
        for client in pending:
            client.close()


def find_program(name, path):
    if "/" in name:
        return name
    for folder in path.split(":"):
        program = os.path.join(folder or ".", name)
        if os.path.isfile(program) and os.access(program, os.X_OK):
            return program
    return None


def choose_shell(shells, path):
    """The first shell that is there; Python itself where there is none."""
    for argv in shells:
        program = find_program(argv[0], path)
        if program is not None:
            return [program, *argv[1:]]
    return [sys.executable]


def set_size(terminal, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Process:
    """A started command: where its input goes, and the frames that its outputs become."""

    def __init__(self, pid, stdin, outputs, terminal):
        self.pid = pid
        self.stdin = stdin
        self.outputs = outputs
        self.terminal = terminal

    def close_stdin(self):
        if self.stdin is not None and not self.terminal:
            os.close(self.stdin)
        self.stdin = None

    def signal(self, number):
        try:
            os.killpg(self.pid, number)
        except OSError:
            pass


def start(argv, environment, size):
    """Starts a command, on a terminal where a size is given. @raises OSError where it can't be started."""
    if size is None:
        (child_in, stdin), (stdout, child_out), (stderr, child_err) = os.pipe(), os.pipe(), os.pipe()
        child, outputs = (child_in, child_out, child_err), {stdout: b"D", stderr: b"F"}
    else:
        terminal, slave = os.openpty()
        set_size(terminal, *size)
        stdin, child, outputs = terminal, (slave, slave, slave), {terminal: b"D"}
    failed, fails = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            if size is not None:
                fcntl.ioctl(child[0], termios.TIOCSCTTY, 0)
            for number, stream in enumerate(child):
                os.dup2(stream, number)
            # Python ignores these; the command must not inherit that.
            for name in ("SIGPIPE", "SIGXFSZ"):
                signal.signal(getattr(signal, name), signal.SIG_DFL)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.execve(argv[0], argv, environment)
        except OSError as error:
            os.write(fails, os.strerror(error.errno or 0).encode())
        finally:
            os._exit(127)
    os.close(fails)
    for stream in set(child):
        os.close(stream)
    for stream in {stdin, *outputs}:
        os.set_blocking(stream, False)
    with os.fdopen(failed, "rb") as pipe:
        why = pipe.read().decode("utf-8", "replace")
    if why:
        os.waitpid(pid, 0)
        raise OSError("%s: %s" % (argv[0], why))
    return Process(pid, stdin, outputs, size is not None)


class Relay:
    """Moves bytes between a client and a command until the command has ended and all that it wrote was sent."""

    def __init__(self, client, process, wakeup, unread):
        self.client = client
        self.process = process
        self.wakeup = wakeup
        self.received = unread
        self.to_client = bytearray()
        self.to_command = bytearray()
        self.end_of_input = False

    def run(self):
        """The wait status of the command; None when the client went away."""
        status = None
        while True:
            self.obey()
            readers, writers = [self.wakeup], []
            if len(self.to_command) < BACKLOG:
                readers.append(self.client)
            if len(self.to_client) < BACKLOG:
                readers.extend(self.process.outputs)
            if self.to_client:
                writers.append(self.client)
            if self.to_command and self.process.stdin is not None:
                writers.append(self.process.stdin)
            # A terminal hands on a little later what was written to it; what lives on in the background is not waited for.
            last = status is not None and len(self.to_client) < BACKLOG
            if last and not self.process.outputs:
                return status
            readable, writable, _ = select.select(readers, writers, [], SETTLE_SECONDS if last else None)
            if self.wakeup in readable:
                os.read(self.wakeup, CHUNK)
            if self.client in readable and not self.receive():
                return None
            if self.client in writable and not self.send():
                return None
            if self.process.stdin in writable:
                self.feed()
            wrote = [stream for stream in list(self.process.outputs) if stream in readable]
            for stream in wrote:
                self.collect(stream)
            if last and not (readable or writable):
                return status
            if status is None:
                ended, found = os.waitpid(self.process.pid, os.WNOHANG)
                status = found if ended else None

    def receive(self):
        try:
            data = self.client.recv(CHUNK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self.received += data
        return bool(data)

    def send(self):
        try:
            del self.to_client[: self.client.send(self.to_client)]
        except BlockingIOError:
            pass
        except OSError:
            return False
        return True

    def obey(self):
        """Does what whole frames of the client say."""
        while len(self.to_command) < BACKLOG:
            found = take_frame(self.received)
            if found is None:
                break
            kind, payload = found
            if kind == b"D" and self.process.stdin is not None:
                self.to_command += payload
            elif kind == b"E":
                self.end_of_input = True
            elif kind == b"W" and self.process.terminal:
                # The terminal is gone once nobody holds its other end.
                for stream in self.process.outputs:
                    set_size(stream, *struct.unpack(">HH", payload))
        if self.end_of_input and not self.to_command:
            self.process.close_stdin()

    def feed(self):
        try:
            del self.to_command[: os.write(self.process.stdin, self.to_command)]
        except BlockingIOError:
            pass
        except OSError:
            self.to_command.clear()
            self.process.close_stdin()

    def collect(self, stream):
        try:
            data = os.read(stream, CHUNK)
        except BlockingIOError:
            return
        except OSError:
            # EIO: nobody holds the other end of the terminal.
            data = b""
        if data:
            self.to_client += frame(self.process.outputs[stream], data)
        else:
            del self.process.outputs[stream]


def opening(client, received):
    """The first frame of a client."""
    client.settimeout(HANDSHAKE_SECONDS)
    while True:
        found = take_frame(received)
        if found is not None:
            return json.loads(found[1])
        data = client.recv(CHUNK)
        if not data:
            raise ValueError("the client went away")
        received += data


def describe(status):
    if os.WIFSIGNALED(status):
        return {"signal": signal.Signals(os.WTERMSIG(status)).name}
    return {"code": os.WEXITSTATUS(status)}


def serve(client):
    """Runs what the client asks for to its end."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.sendall(frame(b"A"))
    received = bytearray()
    wish = opening(client, received)
    environment = {name: value for name, value in os.environ.items() if TELEMETRY.fullmatch(name) is None}
    environment.update(wish["environment"])
    path = environment.get("PATH", os.defpath)
    environment["PATH"] = path + wish["path"]
    environment[FOLDER] = os.getcwd()
    try:
        argv = wish["argv"] or choose_shell(wish["shells"], path)
        program = find_program(argv[0], environment["PATH"])
        if program is None:
            raise OSError("no such program: %s" % argv[0])
        size = (wish["rows"], wish["columns"]) if wish["terminal"] else None
        process = start([program, *argv[1:]], environment, size)
    except OSError as error:
        client.sendall(frame(b"X", json.dumps({"why": str(error)}).encode()))
        return
    client.setblocking(False)
    relay = Relay(client, process, reader, received)
    status = relay.run()
    if status is None:
        process.signal(signal.SIGHUP)
        process.signal(signal.SIGCONT)
        time.sleep(GRACE_SECONDS)
        process.signal(signal.SIGKILL)
        return
    client.settimeout(HANDSHAKE_SECONDS)
    client.sendall(bytes(relay.to_client) + frame(b"X", json.dumps(describe(status)).encode()))
    # The other side closes when it has read all; an end of ours with unread input would take it back.
    client.shutdown(socket.SHUT_WR)
    while client.recv(CHUNK):
        pass


def main(port, token_file, seconds):
    with open(token_file, "rb") as file:
        token = file.read().strip()
    client = admit(listen(port), token, seconds)
    if client is None:
        sys.exit("no client came within %d s" % seconds)
    try:
        serve(client)
    except (OSError, ValueError) as error:
        sys.exit("the client went away: %s" % error)
    finally:
        client.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
