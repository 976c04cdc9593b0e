"""A pytest plugin that writes down what pytest itself counts, so that a crash loses no more than the running test.

Loaded with `-p quillon_pytest --quillon-out=FOLDER`. It writes, as it goes, running.json (the test that runs and the
counts so far), failures.jsonl and results/tests.jsonl (id, outcome and seconds of each test but of those that
failures.jsonl tells of), and at the end outcomes.json. Counts are those of `pytest_report_teststatus`, which the
terminal prints; nothing is taken from JUnit. Works with pytest 6 and newer, on Python 3.9 and newer.
"""

import json
import os
import platform
import sys
import time

import pytest

try:
    from importlib import metadata
except ImportError:  # pragma: no cover
    metadata = None

FAILURES = 500
COVERED = os.environ.pop("QUILLON_COVERED", None) if "PYTEST_XDIST_WORKER" in os.environ else None
DETAIL = 12000
SECTION = 4000
SLOWEST = 10
LISTED = ("passed", "failed", "skipped", "xfailed", "xpassed", "error")
RECORD = 4096
PLUGINS_OF_INTEREST = ("pytest", "coverage", "pytest-xdist", "pytest-cov", "pytest-randomly", "pytest-random-order")


def start_coverage(covered):
    """Measures in a worker of pytest-xdist, from before the project's own plugins on; run_tests.py asks for it."""
    import coverage

    measured = coverage.Coverage(data_suffix=True, **json.loads(covered))
    measured.start()
    return measured


MEASURED = start_coverage(COVERED) if COVERED else None


def pytest_addoption(parser):
    parser.addoption("--quillon-out", default=None, help="folder that receives Quillon's records")


# A wrapper, because pytest-cov asks to be first too, and starts in this hook.
@pytest.hookimpl(hookwrapper=True)
def pytest_load_initial_conftests(early_config):
    """Coverage has a stage of its own: pytest-cov would trace a second time and fail cells by its own threshold."""
    known = early_config.known_args_namespace
    asked = any(str(argument).startswith("--cov") for argument in early_config.invocation_params.args)
    if not asked and getattr(known, "cov_source", None):
        known.cov_source = []
    yield


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    out = config.getoption("--quillon-out")
    # Workers of pytest-xdist send their reports to the process that started them.
    if MEASURED is not None:
        config.pluginmanager.register(Measurement(), "quillon-measurement")
    if out is None or hasattr(config, "workerinput"):
        return
    order = fix_order(config)
    config.pluginmanager.register(Recorder(config, out, order), "quillon-recorder")


def fix_order(config):
    """Gives random-order plugins a constant seed where the project leaves it to chance; tells which."""
    if getattr(config.option, "randomly_seed", None) == "default":
        config.option.randomly_seed = 1
        return "pytest-randomly with seed 1"
    if getattr(config.option, "random_order_bucket", None) and config.pluginmanager.hasplugin("random_order"):
        if str(getattr(config.option, "random_order_seed", "") or "").startswith("default:"):
            config.option.random_order_seed = "default:1"
    return None


def bounded(text, limit):
    return text if len(text) <= limit else "[...]\n" + text[-limit:]


class Measurement:
    """Saves what a worker covered."""

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self):
        MEASURED.stop()
        MEASURED.save()


class Recorder:
    """Holds the counts and the open files of one session."""

    def __init__(self, config, out, order):
        os.makedirs(out, exist_ok=True)
        self.config = config
        self.out = out
        self.order = order
        self.counts = {}
        self.durations = {}
        self.kept = 0
        self.running = None
        self.record = os.open(os.path.join(out, "running.json"), os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        self.failures = open(os.path.join(out, "failures.jsonl"), "w", encoding="utf-8")
        os.makedirs(os.path.join(out, "results"), exist_ok=True)
        # Written in blocks, because there may be many: what a crash cuts off is the end of a list.
        self.tests = open(os.path.join(out, "results", "tests.jsonl"), "w", encoding="utf-8")
        self.note("collect", None)

    # Where the run is: one small write a test, at a fixed place, so that the last one survives whatever kills us.

    def note(self, phase, nodeid):
        self.running = nodeid
        record = {"phase": phase, "test": nodeid, "counts": self.counts}
        data = json.dumps(record).encode("ascii")
        if len(data) > RECORD:
            record["test"] = nodeid[: RECORD // 8]
            data = json.dumps(record).encode("ascii")
        os.pwrite(self.record, data.ljust(RECORD), 0)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid, location):
        self.note("run", nodeid)

    def pytest_make_collect_report(self, collector):
        self.note("collect", collector.nodeid)

    # What came out.

    def count(self, category):
        if category:
            self.counts[category] = self.counts.get(category, 0) + 1

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report):
        category = self.config.hook.pytest_report_teststatus(report=report, config=self.config)[0]
        self.count(category)
        self.durations[report.nodeid] = self.durations.get(report.nodeid, 0.0) + getattr(report, "duration", 0.0)
        self.list(report.nodeid, category)
        if report.failed:
            self.fail(report, category)

    def pytest_collectreport(self, report):
        if report.failed:
            self.count("error")
            self.list(report.nodeid, "error")
            self.fail(report, "error")
        elif report.skipped:
            self.count("skipped")
            self.list(report.nodeid, "skipped")

    def list(self, nodeid, category):
        told = category in ("failed", "error") and self.kept < FAILURES
        if told or category not in LISTED:
            return
        self.tests.write(json.dumps([nodeid, category, round(self.durations.get(nodeid, 0.0), 4)]) + "\n")

    def pytest_deselected(self, items):
        self.counts["deselected"] = self.counts.get("deselected", 0) + len(items)

    def fail(self, report, category):
        self.kept += 1
        if self.kept > FAILURES:
            return
        try:
            failure = self.describe(report, category)
        except Exception as error:  # A plugin's report may lack anything; the failure itself must not get lost.
            failure = {"test": report.nodeid, "category": category, "message": f"not described: {error!r}"}
        self.failures.write(json.dumps(failure) + "\n")
        self.failures.flush()

    def describe(self, report, category):
        detail = getattr(report, "longreprtext", "") or str(report.longrepr or "")
        file, line = self.place(report)
        return {
            "test": report.nodeid,
            "category": category,
            "when": getattr(report, "when", None) or "collect",
            "file": file,
            "line": line,
            "message": self.message(report, detail),
            "detail": bounded(detail, DETAIL),
            "output": [[name, bounded(text, SECTION)] for name, text in report.sections if text.strip()],
        }

    def message(self, report, detail):
        crash = getattr(report.longrepr, "reprcrash", None)
        text = crash.message if crash is not None else ""
        if not text:
            errors = [line[1:].strip() for line in detail.splitlines() if line.startswith("E ")]
            text = errors[-1] if errors else next((line for line in detail.splitlines() if line.strip()), "failed")
        return text.strip().splitlines()[0][:500] if text.strip() else "failed"

    def place(self, report):
        """The line of the test's own file where it went wrong, else where the test begins."""
        location = getattr(report, "location", None)
        path = location[0] if location else report.nodeid.split("::")[0]
        root = str(getattr(self.config, "rootpath", None) or self.config.rootdir)
        mine = os.path.normpath(os.path.join(root, path))
        line = location[1] + 1 if location and location[1] is not None else None
        for entry in getattr(getattr(report.longrepr, "reprtraceback", None), "reprentries", []):
            spot = getattr(entry, "reprfileloc", None)
            if spot is not None and os.path.normpath(os.path.join(os.getcwd(), spot.path)) == mine:
                line = spot.lineno
        base = str(self.config.invocation_params.dir)
        return os.path.relpath(mine, base).replace(os.sep, "/"), line

    # The end.

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        self.note("end", None)
        self.tests.flush()
        slowest = sorted(self.durations.items(), key=lambda pair: -pair[1])[:SLOWEST]
        outcomes = {
            "counts": self.counts,
            "exit": int(exitstatus),
            "failures": self.kept,
            "collected": getattr(session, "testscollected", None),
            "slowest": [[nodeid, round(seconds, 4)] for nodeid, seconds in slowest if seconds >= 0.0005],
            "order": self.order,
            "workers": getattr(self.config.option, "numprocesses", None) or 0,
            "python": platform.python_version(),
            "versions": versions(),
            "at": time.time(),
        }
        draft = os.path.join(self.out, "outcomes.json.part")
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(outcomes, file)
        os.replace(draft, os.path.join(self.out, "outcomes.json"))


def versions():
    found = {}
    for name in PLUGINS_OF_INTEREST:
        try:
            found[name] = metadata.version(name)
        except Exception:
            continue
    return found


if __name__ == "__main__":
    sys.exit("load me with pytest -p quillon_pytest")
