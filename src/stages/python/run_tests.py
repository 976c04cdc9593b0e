"""Runs pytest in several processes, and where that fails once more in one, whose word is taken.

    run_tests.py PLAN -- PYTEST_ARGUMENT...

PLAN is a JSON object: workers (a number, or "auto"), records (the folder of quillon_pytest.py), parallel (the folder that
receives the records of the first run where a second was needed), serial (the command of one process, without pytest's
arguments), covered ({file, packages} or null). Nothing of the first run is left for the second.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

# Neither is a verdict on tests: no test was found.
NOTHING_FOUND = 5


def parallel(plan, arguments):
    """The exit code of pytest with pytest-xdist."""
    environment = dict(os.environ)
    if plan["covered"]:
        from run_covered import measured

        os.makedirs(os.path.dirname(plan["covered"]["file"]), exist_ok=True)
        facts = {"data_file": plan["covered"]["file"], **measured(plan["covered"]["packages"])}
        environment["QUILLON_COVERED"] = json.dumps(facts)
    command = [sys.executable, "-m", "pytest", *arguments, "-n", str(plan["workers"])]
    return subprocess.run(command, env=environment).returncode


def restore(copy, folder):
    """Takes away what tests left in the folder where they ran."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            os.unlink(entry.path)
    shutil.copytree(copy, folder, symlinks=True, dirs_exist_ok=True)


def main(plan, arguments):
    folder = os.getcwd()
    with tempfile.TemporaryDirectory() as copies:
        copy = shutil.copytree(folder, os.path.join(copies, "work"), symlinks=True)
        code = parallel(plan, arguments)
        if code in (0, NOTHING_FOUND):
            return code
        restore(copy, folder)
    print("quillon: not all passed in parallel; the tests run again in one process, whose word is taken", flush=True)
    if os.path.isdir(plan["records"]):
        shutil.move(plan["records"], plan["parallel"])
    if plan["covered"]:
        shutil.rmtree(os.path.dirname(plan["covered"]["file"]), ignore_errors=True)
    command = [*plan["serial"], *arguments]
    os.execvp(command[0], command)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1]), sys.argv[3:]))
