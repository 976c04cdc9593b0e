"""Runs a program on a terminal of its own, for a test that plays the person before it.

    terminal.py PROGRAM [ARGUMENT ...]

What comes on standard input is typed; what the program shows goes to standard output. Lines on descriptor 3 are new
sizes: `ROWS COLUMNS`. Standard error gets two JSON lines: the program's pid, then how it ended and whether the terminal
was left as it was found.
"""

import fcntl
import json
import os
import select
import struct
import sys
import termios


def resize(terminal, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def tell(**facts):
    print(json.dumps(facts), file=sys.stderr, flush=True)


def write(terminal, data):
    while data:
        data = data[os.write(terminal, data) :]


def main(argv):
    master, slave = os.openpty()
    resize(master, 30, 100)
    before = termios.tcgetattr(slave)
    pid = os.fork()
    if pid == 0:
        os.close(master)
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for number in range(3):
            os.dup2(slave, number)
        os.closerange(3, 64)
        os.execvp(argv[0], argv)
    tell(pid=pid)
    sources, ended = [0, 3, master], None
    while True:
        readable, _, _ = select.select(sources, [], [], 0.05)
        if master in readable:
            os.write(1, os.read(master, 65536))
        if 0 in readable:
            typed = os.read(0, 4096)
            if typed:
                write(master, typed)
            else:
                sources.remove(0)
        if 3 in readable:
            line = os.read(3, 100).decode()
            if line:
                resize(master, *map(int, line.split()))
            else:
                sources.remove(3)
        if ended is not None and not readable:
            break
        if ended is None:
            done, status = os.waitpid(pid, os.WNOHANG)
            ended = status if done else None
    code = os.WEXITSTATUS(ended) if os.WIFEXITED(ended) else -os.WTERMSIG(ended)
    tell(code=code, restored=termios.tcgetattr(slave) == before)


if __name__ == "__main__":
    main(sys.argv[1:])
