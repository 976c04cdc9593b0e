"""Does one thing with a git remote: reads a request (JSON) from the file named first, writes the result to the second.

The repository in the working folder only keeps objects; nobody works in it. Credentials come in the environment and are
handed to git by the program that it asks for passwords, never as arguments.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ASKPASS = """#!/bin/sh
case $1 in Username*) printf %s "$QUILLON_GIT_USER" ;; *) printf %s "$QUILLON_GIT_TOKEN" ;; esac
"""
PLAIN = ["core.quotePath=false", "gc.auto=0", "credential.helper=", "safe.directory=*"]
# On a connection that it used before, curl sends a request again whose answer was lost; a push must not be repeated.
ONCE = ["http.version=HTTP/1.1", "http.extraHeader=Connection: close"]


# What ssh says of itself, before anything of the remote's was heard.
SSH_DENIED = re.compile(r"Permission denied \(|Host key verification failed|Too many authentication failures")
SSH_UNREACHED = re.compile(r"Could not resolve hostname|Connection refused|Connection timed out|No route to host|Network is unreachable")


class Failed(Exception):
    """The remote could not be asked, or did not answer as it should."""

    def __init__(self, call):
        super().__init__(call.complaint)
        self.call = call


class Call:
    """One run of git, with what curl told about the wire."""

    def __init__(self, arguments, repository, given=None, environment=None):
        scratch = tempfile.mkdtemp(prefix="quillon-git-")
        askpass, trace = os.path.join(scratch, "askpass"), os.path.join(scratch, "trace")
        with open(askpass, "w") as file:
            file.write(ASKPASS)
        os.chmod(askpass, 0o700)
        settings = [word for setting in PLAIN + ONCE for word in ("-c", setting)]
        process = subprocess.run(
            ["git", "--no-pager", *settings, f"--git-dir={repository}", *arguments],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={
                **os.environ,
                "GIT_ASKPASS": askpass,
                "GIT_TERMINAL_PROMPT": "0",
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_CONFIG_GLOBAL": "/dev/null",
                "GIT_NO_REPLACE_OBJECTS": "1",
                "GIT_TRACE_CURL": trace,
                "GIT_TRACE_CURL_NO_DATA": "1",
                "LC_ALL": "C",
                **(environment or {}),
            },
        )
        self.pushes = "push" in arguments[:1] and "--dry-run" not in arguments
        self.code = process.returncode
        self.output = process.stdout
        self.errors = process.stderr.decode("utf-8", "replace")
        self.wire = ""
        if os.path.exists(trace):
            with open(trace, encoding="utf-8", errors="replace") as file:
                self.wire = file.read()
        for name in (askpass, trace):
            if os.path.exists(name):
                os.remove(name)
        os.rmdir(scratch)

    @property
    def text(self):
        return self.output.decode("utf-8")

    @property
    def complaint(self):
        lines = [line.strip() for line in self.errors.splitlines() if line.strip()]
        ssh = [line for line in lines if SSH_DENIED.search(line) or SSH_UNREACHED.search(line)]
        # What the remote says for itself tells more than git's summary of it.
        remote = [line[len("remote:"):].strip() for line in lines if line.startswith("remote:")]
        errors = [line for line in lines if line.startswith(("error:", "fatal:"))]
        return (ssh or [line for line in remote if line] or errors or lines or ["git said nothing"])[0]

    def failure(self):
        """What is known of a failure: the last status, how long to wait, whether a write was sent."""
        statuses = re.findall(r"<= [Rr]ecv header: HTTP/\S+ (\d{3})", self.wire)
        waits = re.findall(r"<= [Rr]ecv header: [Rr]etry-[Aa]fter: (\d+)", self.wire)
        sent = re.search(r"=> Send header: POST \S*git-receive-pack", self.wire) is not None
        last = int(statuses[-1]) if statuses else None
        # A request without an answer comes after the last status.
        if sent and self.wire.rfind("=> Send header: POST") > self.wire.rfind("ecv header: HTTP/"):
            last = None
        unauthorised = "Authentication failed" in self.errors or "could not read Username" in self.errors
        if self.wire == "":
            # SSH tells nothing of the wire: unless it never came so far, a push may have been taken.
            unauthorised = unauthorised or SSH_DENIED.search(self.errors) is not None
            sent = self.pushes and not unauthorised and SSH_UNREACHED.search(self.errors) is None
        return {
            "kind": "failed",
            "complaint": self.complaint,
            "status": 401 if unauthorised else last if last is not None and last >= 400 else None,
            "retryAfter": int(waits[-1]) if waits else None,
            "sent": sent,
        }


class Remote:
    """A remote, and the repository that keeps objects for it."""

    def __init__(self, url, repository):
        self.url = url
        self.repository = repository
        if not os.path.exists(os.path.join(repository, "HEAD")):
            self.create()

    def create(self):
        """Makes the repository in one step: several of us may begin at the same time, and git's own way is no such step."""
        parent = os.path.dirname(self.repository)
        os.makedirs(parent, exist_ok=True)
        draft = tempfile.mkdtemp(prefix="draft-", dir=parent)
        call = Call(["init", "--quiet", "--bare", draft], draft)
        if call.code != 0:
            raise Failed(call)
        try:
            os.rename(draft, self.repository)
        except OSError:
            shutil.rmtree(draft)

    def local(self, *arguments, given=None, environment=None):
        call = Call(arguments, self.repository, given, environment)
        if call.code != 0:
            raise Failed(call)
        return call.text.strip()

    def has(self, name):
        return Call(["cat-file", "-e", name], self.repository).code == 0

    def refs(self, patterns):
        call = Call(["ls-remote", self.url, *patterns], self.repository)
        if call.code != 0:
            raise Failed(call)
        lines = [line.split("\t", 1) for line in call.text.splitlines()]
        return {name: identity for identity, name in lines}

    def fetch(self, name):
        """Brings an object, by its id: history and all, but only what was not brought before."""
        if not self.has(name):
            call = Call(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", self.url, name], self.repository)
            if call.code != 0:
                raise Failed(call)
        self.keep(name)

    def keep(self, name):
        """Remembers an object, so that later fetches say that it is there."""
        self.local("update-ref", f"refs/kept/{name}", name)

    def push(self, updates, options, dry=False):
        """Pushes all or none of the updates, each only if the ref is still what `old` says (null: is not there)."""
        leases = [f"--force-with-lease={u['ref']}:{u['old'] or ''}" for u in updates]
        # No "+" before a name: it would overrule the lease, which alone lets a ref be replaced.
        specs = [f"{u['new'] or ''}:{u['ref']}" for u in updates]
        mode = ["--dry-run"] if dry else ["--atomic"] if len(updates) > 1 else []
        marks = [f"--push-option={option}" for option in options]
        call = Call(["push", "--porcelain", "--no-verify", *mode, *marks, *leases, self.url, *specs], self.repository)
        if options and "does not support push options" in call.errors:
            return self.push(updates, [], dry)
        if call.code == 0:
            return {"kind": "done"}
        lines = [line.split("\t") for line in call.text.splitlines() if line.startswith("!\t")]
        reasons = {spec.split(":", 1)[1]: why for _, spec, why in lines if ":" in spec}
        # Without a word of the remote's own the refs are only those that git could not speak of.
        if not reasons or "remote failure" in call.text or call.failure()["status"] is not None:
            return call.failure()
        return {"kind": "rejected", "reasons": reasons, "complaint": call.complaint}


def prepare(remote, request):
    base = request["base"]
    try:
        remote.fetch(base)
    except Failed as failed:
        if failed.call.failure()["status"] is None and "not our ref" in failed.call.errors:
            return {"kind": "refused", "why": f"the commit {base} is not on the remote", "next": "git push it first"}
        raise
    person = {"NAME": request["person"]["name"], "EMAIL": request["person"]["email"], "DATE": f"{request['time']} +0000"}
    environment = {f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in person.items()}
    signing = ["-c", "gpg.format=ssh", "-c", f"user.signingKey={request['key']}"] if request.get("key") else []
    commit = base
    if request["edits"]:
        with tempfile.TemporaryDirectory(prefix="quillon-index-") as scratch:
            index = {"GIT_INDEX_FILE": os.path.join(scratch, "index")}
            remote.local("read-tree", base, environment=index)
            for edit in request["edits"]:
                patch = edit["diff"].encode("utf-8")
                call = Call(["apply", "--cached", "--whitespace=nowarn", "-"], remote.repository, patch, index)
                if call.code != 0:
                    why = f"the edit of {edit['path']} does not apply: {call.complaint}"
                    return {"kind": "refused", "why": why, "next": "quillon plan -o plan.json makes a new plan"}
            tree = remote.local("write-tree", environment=index)
        sign = ["-S"] if signing else []
        call = Call(
            [*signing, "commit-tree", *sign, "-p", base, "-F", "-", tree],
            remote.repository,
            request["message"].encode("utf-8"),
            environment,
        )
        if call.code != 0:
            return unsigned(call)
        commit = call.text.strip()
        remote.keep(commit)
    name = request["tag"]
    lines = [f"object {commit}", "type commit", f"tag {name}", f"tagger {person['NAME']} <{person['EMAIL']}> {person['DATE']}"]
    content = "\n".join([*lines, "", request["message"].rstrip("\n"), ""]).encode("utf-8")
    if signing:
        content = sign_text(request["key"], content)
        if content is None:
            return {"kind": "refused", "why": "the key can't sign the tag", "next": "ssh-keygen -Y sign tells why"}
    tag = remote.local("hash-object", "-t", "tag", "-w", "--stdin", given=content)
    time = int(remote.local("show", "--no-patch", "--format=%ct", commit))
    release = {"commit": commit, "time": time, "tag": {"name": name, "object": tag, "content": content.decode("utf-8")}}
    return {"kind": "prepared", "release": release}


def adopt(remote, request):
    """Brings what the remote has under a tag's name: the same objects that making them here would have given."""
    name = request["tag"]
    ref = f"refs/tags/{name}"
    refs = remote.refs([ref, f"{ref}^{{}}"])
    tag = refs.get(ref)
    if tag is None:
        return {"kind": "refused", "why": f"the tag {name} is not on the remote", "next": f"git push origin {name}"}
    remote.fetch(tag)
    commit = refs.get(f"{ref}^{{}}", tag)
    if remote.local("cat-file", "-t", commit) != "commit":
        return {"kind": "refused", "why": f"the tag {name} names no commit", "next": "name a tag of a release"}
    remote.keep(commit)
    content = Call(["cat-file", "tag", tag], remote.repository).text if commit != tag else ""
    time = int(remote.local("show", "--no-patch", "--format=%ct", commit))
    return {"kind": "prepared", "release": {"commit": commit, "time": time, "tag": {"name": name, "object": tag, "content": content}}}


def sign_text(key, content):
    process = subprocess.run(["ssh-keygen", "-Y", "sign", "-n", "git", "-f", key], input=content, stdout=subprocess.PIPE)
    return content + process.stdout if process.returncode == 0 else None


def unsigned(call):
    return {"kind": "refused", "why": f"the commit can't be made: {call.complaint}", "next": "look at the signing key"}


def export(remote, request):
    """Writes the files of a commit into a folder, as a checkout has them."""
    remote.fetch(request["commit"])
    with tempfile.TemporaryDirectory(prefix="quillon-index-") as scratch:
        index = {"GIT_INDEX_FILE": os.path.join(scratch, "index")}
        remote.local("read-tree", request["commit"], environment=index)
        folder = request["folder"].rstrip("/") + "/"
        os.makedirs(folder, exist_ok=True)
        remote.local("-c", "core.bare=false", f"--work-tree={folder}", "checkout-index", "--all", "--force", environment=index)
    return {"kind": "done"}


def push(remote, request):
    for commit in request.get("commits", []):
        remote.fetch(commit)
    for content in request.get("tags", []):
        remote.local("hash-object", "-t", "tag", "-w", "--stdin", given=content.encode("utf-8"))
    return remote.push(request["updates"], request.get("options", []), request.get("dry", False))


def write_journal(remote, request):
    remote.fetch(request["commit"])
    blob = remote.local("hash-object", "-w", "--stdin", given=request["text"].encode("utf-8"))
    tree = remote.local("mktree", given=f"100644 blob {blob}\tjournal.json\n".encode())
    time = remote.local("show", "--no-patch", "--format=%ct", request["commit"])
    stamp = {"NAME": "quillon", "EMAIL": "quillon@localhost", "DATE": f"{time} +0000"}
    environment = {f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in stamp.items()}
    message = f"quillon release {request['version']}\n\n[skip ci]\n".encode()
    arguments = ["commit-tree", "-p", request["commit"], "-F", "-", tree]
    identity = remote.local(*arguments, given=message, environment=environment)
    remote.keep(identity)
    update = {"ref": request["ref"], "new": identity, "old": request["old"]}
    return {"id": identity, **remote.push([update], request.get("options", []))}


def read_journals(remote, request):
    """The journals below some names, as one answer of the remote told them."""
    return {"kind": "journals", "journals": [read_journal(remote, *ref) for ref in remote.refs(request["patterns"]).items()]}


def read_journal(remote, ref, identity):
    remote.fetch(identity)
    text = Call(["cat-file", "blob", f"{identity}:journal.json"], remote.repository)
    if text.code != 0:
        raise Failed(text)
    return {"ref": ref, "id": identity, "text": text.text, "commit": remote.local("rev-parse", f"{identity}^1")}


def scratch_notes():
    """A name that no other process has: several may read and write notes in one repository."""
    return f"refs/notes/quillon-{os.getpid()}-{os.urandom(4).hex()}"


def read_note(remote, request):
    """The note on an object, else on what a tag of the remote names: all as one answer of the remote told it."""
    tag = f"refs/tags/{request['tag']}" if request.get("tag") else None
    refs = remote.refs([request["ref"], *([tag, f"{tag}^{{}}"] if tag else [])])
    identity = refs.get(tag) if tag else request["object"]
    notes = refs.get(request["ref"])
    told = {"kind": "read", "object": identity, "commit": refs.get(f"{tag}^{{}}", identity) if tag else None, "text": None}
    if identity is None or notes is None:
        return told
    name = scratch_notes()
    remote.fetch(notes)
    remote.local("update-ref", name, notes)
    try:
        call = Call(["notes", f"--ref={name}", "show", identity], remote.repository)
    finally:
        Call(["update-ref", "-d", name], remote.repository)
    return {**told, "text": call.text if call.code == 0 else None}


def write_note(remote, request):
    name = scratch_notes()
    notes = remote.refs([request["ref"]]).get(request["ref"])
    if notes is not None:
        remote.fetch(notes)
        remote.local("update-ref", name, notes)
    try:
        blob = remote.local("hash-object", "-w", "--stdin", given=request["text"].encode("utf-8"))
        stamp = {"NAME": "quillon", "EMAIL": "quillon@localhost"}
        environment = {f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in stamp.items()}
        remote.fetch(request["object"])
        remote.local("notes", f"--ref={name}", "add", "-f", "-C", blob, request["object"], environment=environment)
        identity = remote.local("rev-parse", name)
    finally:
        Call(["update-ref", "-d", name], remote.repository)
    return remote.push([{"ref": request["ref"], "new": identity, "old": notes}], [])


OPERATIONS = {
    "refs": lambda remote, request: {"kind": "refs", "refs": remote.refs(request["patterns"])},
    "prepare": prepare,
    "adopt": adopt,
    "export": export,
    "push": push,
    "write-journal": write_journal,
    "read-journals": read_journals,
    "read-note": read_note,
    "write-note": write_note,
}


def main(request_path, result_path):
    with open(request_path, encoding="utf-8") as file:
        request = json.load(file)
    try:
        result = OPERATIONS[request["operation"]](Remote(request["url"], request["repository"]), request)
    except Failed as failed:
        result = failed.call.failure()
    with open(result_path, "w", encoding="utf-8") as file:
        json.dump(result, file)


main(*sys.argv[1:])
