"""Runs a program on an emulated terminal, for a test that looks at its screen. Needs pyte.

    screen.py PROGRAM [ARGUMENT ...]

Each line on standard input is a JSON list: ["show"] answers with the screen's lines as JSON, ["resize", ROWS, COLUMNS]
changes its size. The last answer, when the program has ended, is {"code": N}.
"""

import fcntl
import json
import os
import select
import struct
import sys
import termios

import pyte


def resize(terminal, screen, rows, columns):
    screen.resize(rows, columns)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def answer(value):
    print(json.dumps(value), flush=True)


def main(argv):
    pid, terminal = os.forkpty()
    if pid == 0:
        os.execvp(argv[0], argv)
    screen = pyte.Screen(100, 30)
    stream = pyte.ByteStream(screen)
    resize(terminal, screen, 30, 100)
    asked = b""
    while True:
        ready, _, _ = select.select([terminal, sys.stdin.fileno()], [], [])
        if terminal in ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                break
            if not data:
                break
            stream.feed(data)
        if sys.stdin.fileno() in ready:
            data = os.read(sys.stdin.fileno(), 65536)
            if not data:
                os.kill(pid, 9)
                break
            *lines, asked = (asked + data).split(b"\n")
            for name, *arguments in map(json.loads, lines):
                if name == "show":
                    answer([line.rstrip() for line in screen.display])
                else:
                    resize(terminal, screen, *arguments)
    answer({"code": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), "screen": [line.rstrip() for line in screen.display]})


if __name__ == "__main__":
    main(sys.argv[1:])
