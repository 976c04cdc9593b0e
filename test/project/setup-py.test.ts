import { expect, test } from "vitest"
import { type PythonCall, PythonCode } from "../../src/project/python-literals.js"
import { argument, readSetupPy } from "../../src/project/setup-py.js"

const TEXT = `import os
from setuptools import setup, find_packages

VERSION = "1.2"
CLASSIFIERS = [
    "A :: B",  # with a comment, and a ) bracket
    'C ' ':: D',
]

def setup_logging():
    pass

setup(
    name="demo",
    version=VERSION,
    classifiers=CLASSIFIERS,
    long_description=open("README.md").read(),
    packages=find_packages("src", exclude=("tests", "tests.*")),
    package_dir={"": "src"},
    install_requires=["a>=1", 'b[c]; python_version < "3.9"'],
    extras_require={"test": ["pytest"], "all": ["x"] + ["y"]},
    python_requires=">=3" ".8",
    zip_safe=False,
    ext_modules=[] if os.name == "nt" else [1],
)
`

test("plain values are read, names of the module resolved, adjacent texts joined", () => {
  const setup = readSetupPy(TEXT)
  expect(setup.string("name")).toBe("demo")
  expect(setup.string("version")).toBe("1.2")
  expect(setup.strings("classifiers")).toEqual(["A :: B", "C :: D"])
  expect(setup.strings("install_requires")).toEqual(["a>=1", 'b[c]; python_version < "3.9"'])
  expect(setup.string("python_requires")).toBe(">=3.8")
  expect(setup.get("zip_safe")).toBe(false)
  expect(setup.get("package_dir")).toEqual({ "": "src" })
})

test("what only Python can tell stays code, never a guess", () => {
  const setup = readSetupPy(TEXT)
  expect(setup.get("ext_modules")).toBeInstanceOf(PythonCode)
  expect(setup.get("long_description")).toBeInstanceOf(PythonCode)
  expect(setup.get("extras_require")).toEqual({ test: ["pytest"], all: new PythonCode('["x"] + ["y"]') })
})

test.each([
  "    wanted.append('b')",
  "wanted.extend(more)",
  "wanted += ['b']",
  "wanted[0] = 'b'",
  "    wanted = ['b']",
])("a list that is changed after its assignment is code: %s", (change) => {
  const setup = readSetupPy(`wanted = ["a"]\nname = "x"\n${change}\nsetup(install_requires=wanted, name=name)\n`)
  expect(setup.get("install_requires")).toEqual(new PythonCode("wanted"))
  expect(setup.string("name")).toBe("x")
})

test("a list is read though another name begins or ends like its own", () => {
  const text = 'wanted = ["a"]\nunwanted = []\nunwanted.append("b")\nwanted_too = []\nsetup(install_requires=wanted)\n'
  expect(readSetupPy(text).strings("install_requires")).toEqual(["a"])
})

test("a call is read with its arguments", () => {
  const packages = readSetupPy(TEXT).get("packages") as PythonCall
  expect(packages.name).toBe("find_packages")
  expect(packages.positional).toEqual(["src"])
  expect(argument(packages, "exclude")).toEqual(["tests", "tests.*"])
})

test("keywords have their line", () => {
  expect(readSetupPy(TEXT).origin("version")).toEqual({ file: "setup.py", line: 15 })
  expect(readSetupPy(TEXT).origin("nothing")).toEqual({ file: "setup.py", line: 13 })
})

test.each([
  ['setup(name="x")', true],
  ['setup(name="x", **extra)', false],
  ["print('no call')", false],
])("in %s what is not there is known to be absent: %s", (text, complete) => {
  expect(readSetupPy(text).complete).toBe(complete)
})

test("nesting that no person wrote neither ends the reader nor hides what follows", () => {
  const setup = readSetupPy(`setup(a=${"[".repeat(3000)}1${"]".repeat(3000)}, version="1")`)
  expect(setup.string("version")).toBe("1")
})

test("a call that is never closed is read to its end", () => {
  expect(readSetupPy('setup(name="x", version="1"').string("version")).toBe("1")
})
