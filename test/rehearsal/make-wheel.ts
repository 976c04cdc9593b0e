import type { Client, File } from "@dagger.io/dagger"

const PROGRAM = `
import base64, hashlib, sys, zipfile
name, version, path = sys.argv[1:]
files = {
    f"{name}.py": "ANSWER = 42\\n",
    f"{name}-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n",
    f"{name}-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
lines = []
for each, text in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    lines.append(f"{each},sha256={digest},{len(text)}\\n")
files[f"{name}-{version}.dist-info/RECORD"] = "".join(lines) + f"{name}-{version}.dist-info/RECORD,,\\n"
with zipfile.ZipFile(path, "w") as wheel:
    for each, text in files.items():
        wheel.writestr(zipfile.ZipInfo(each, (1980, 1, 1, 0, 0, 0)), text)
`

/** A pure wheel of one module, made by hand as the wheel format says. */
export function makeWheel(dag: Client, name: string, version: string): { readonly name: string; readonly file: File } {
  const fileName = `${name}-${version}-py3-none-any.whl`
  const file = dag
    .container()
    .from("python:3.13-slim")
    .withExec(["python3", "-I", "-c", PROGRAM, name, version, `/tmp/${fileName}`])
    .file(`/tmp/${fileName}`)
  return { name: fileName, file }
}
