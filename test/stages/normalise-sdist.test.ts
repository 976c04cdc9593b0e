import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"

const PROGRAM = join(import.meta.dirname, "../../src/stages/python")

/** Writes one sdist twice, as two machines would: other times, owners, order and gzip header; then normalises both. */
const SCRIPT = `
import io, gzip, sys, tarfile
sys.path.insert(0, sys.argv[1])
import distributions

def write(path, names, mtime, owner):
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for name in names:
            member = tarfile.TarInfo("demo-1.0/" + name)
            member.mtime, member.uname, member.uid = mtime, owner, mtime % 1000
            member.mode = 0o775 if name == "run.sh" else 0o664
            member.size = len(name)
            archive.addfile(member, io.BytesIO(name.encode()))
    with gzip.GzipFile(path, "wb", mtime=mtime) as packed:
        packed.write(plain.getvalue())

write("a.tar.gz", ["PKG-INFO", "run.sh", "demo.py"], 1700000001.5, "alice")
write("b.tar.gz", ["demo.py", "PKG-INFO", "run.sh"], 1600000002, "bob")
for name in ("a.tar.gz", "b.tar.gz"):
    distributions.normalise_sdist(name, 1577836800)
with tarfile.open("a.tar.gz") as archive:
    print([(m.name, m.mtime, m.uid, m.uname, oct(m.mode), archive.extractfile(m).read().decode()) for m in archive])
`

it("gives equal bytes for equal contents, whatever the times, owners and order on the machine that packed them", () => {
  const cwd = mkdtempSync(join(tmpdir(), "quillon-sdist-"))
  const options = { cwd, encoding: "utf8", env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" } } as const
  const said = execFileSync("python3", ["-c", SCRIPT, PROGRAM], options)
  expect(readFileSync(join(cwd, "a.tar.gz")).equals(readFileSync(join(cwd, "b.tar.gz")))).toBe(true)
  expect(said.trim()).toBe(
    "[('demo-1.0/PKG-INFO', 1577836800, 0, '', '0o644', 'PKG-INFO'), " +
      "('demo-1.0/demo.py', 1577836800, 0, '', '0o644', 'demo.py'), " +
      "('demo-1.0/run.sh', 1577836800, 0, '', '0o755', 'run.sh')]",
  )
})
