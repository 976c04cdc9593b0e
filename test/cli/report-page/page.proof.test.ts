import { mkdtemp, rm, stat, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { renderPage } from "../../../cli/report-page/page.js"
import type { RunPage } from "../../../cli/report-page/run-page.js"
import { launchChromium } from "../../chromium.js"
import { cellReport, finding, reportOf } from "../reports.js"
import { syntheticRun } from "./synthetic-run.js"

let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quillon-page-"))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(page: Partial<RunPage>, look: Parameters<Browser["newContext"]>[0] = {}) {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.html`)
  const began = performance.now()
  await writeFile(file, renderPage({ report: syntheticRun(), ended: true, coverage: [], logs: [], ...page }))
  const written = performance.now() - began
  const context = await browser.newContext(look)
  const tab = await context.newPage()
  const said: string[] = []
  const asked: string[] = []
  tab.on("console", (message) => said.push(message.text()))
  tab.on("pageerror", (error) => said.push(error.message))
  tab.on("dialog", (dialog) => {
    said.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  tab.on("request", (request) => asked.push(request.url()))
  await tab.goto(pathToFileURL(file).href)
  return { tab, said, asked, written, bytes: (await stat(file)).size }
}

const RUN = reportOf(
  [
    cellReport({
      stage: "build",
      started: "2026-11-24T05:30:12.000Z",
      artifacts: [{ path: "artifacts/build/wheel/a.whl", sha256: "0".repeat(64), bytes: 5 }],
    }),
    cellReport({
      outcome: "failed",
      reason: "2 findings",
      gate: { demands: "no finding", passed: false, message: "2 findings" },
      findings: [
        finding({ excerpt: { first: 1, lines: ["", "", "import os"] }, help: "https://docs.example.org/F401" }),
        finding({ file: undefined, line: undefined, column: undefined, severity: "note", fingerprint: "f2" }),
      ],
      started: "2026-11-24T05:30:13.000Z",
    }),
    cellReport({
      stage: "test",
      cell: "3.11",
      outcome: "failed",
      started: "2026-11-24T05:30:14.000Z",
      after: ["build"],
      measures: {
        tests: { passed: 3, failed: 1, skipped: 0, xfailed: 0, xpassed: 0, errors: 0 },
        slowest: [["tests/test_a.py::test_b", 2.5]],
      },
      findings: [
        finding({
          tool: "pytest",
          subject: "tests/test_a.py::test_b",
          message: "tests/test_a.py::test_b: assert 'a' == 'b'",
          detail: ">       assert 'a' == 'b'\nE       AssertionError\nE         - b\nE         + a",
        }),
      ],
    }),
    cellReport({
      stage: "audit",
      outcome: "errored",
      reason: "the index did not answer",
      next: "try again",
      detail: "connection refused",
      started: "2026-11-24T05:30:13.000Z",
      cached: true,
    }),
    cellReport({ stage: "image", outcome: "skipped", skip: "input", reason: "build failed" }),
  ],
  { outcome: "failed", images: [{ name: "python:3.11-slim", digest: `sha256:${"1".repeat(64)}`, origin: "debian" }] },
)
const COVERAGE = [{ file: "src/a.py", lines: 10, covered: 7, missing: [[3, 5]] as const, missedBranches: 2 }]
const PAGE = { report: RUN, coverage: COVERAGE, logs: [{ title: "test@3.11 pytest", text: "1 failed" }] }

describe("what a run of 200 cells, 20,000 tests and 5,000 findings costs", () => {
  test("the page is written in 2 s, has at most 5 MB, and opens in 1 s", async () => {
    const { tab, written, bytes } = await open({})
    const opened = await tab.evaluate<number>('performance.getEntriesByType("navigation")[0].loadEventEnd')
    expect(written).toBeLessThan(2_000)
    expect(bytes).toBeLessThan(5_000_000)
    expect(opened).toBeGreaterThan(0)
    expect(opened).toBeLessThan(1_000)
    expect(await tab.locator("#cells li.row").count()).toBe(200)
    expect(await tab.locator("#findings .count").first().textContent()).toBe("4000")
  })
})

describe("for everybody", () => {
  test.each([
    ["light", 1200],
    ["dark", 1200],
    ["light", 390],
    ["dark", 390],
  ] as const)("axe finds nothing to object to in %s at %i pixels", async (colorScheme, width) => {
    const { tab, said } = await open(PAGE, { colorScheme, viewport: { width, height: 844 }, bypassCSP: true })
    await tab.keyboard.press("e")
    await tab.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") })
    const violations = await tab.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))",
    )
    expect(violations).toEqual([])
    expect(said).toEqual([])
  })

  test("nothing is wider than a phone", async () => {
    const { tab } = await open(PAGE, { viewport: { width: 390, height: 844 } })
    expect(await tab.evaluate("document.documentElement.scrollWidth")).toBe(390)
  })

  test("without scripts everything is there", async () => {
    const { tab } = await open(PAGE, { javaScriptEnabled: false })
    await tab.locator("summary", { hasText: "src/a.py" }).waitFor()
    expect(await tab.locator(".tools").isVisible()).toBe(false)
  })

  test("the keyboard goes from trouble to trouble, chooses a theme and filters", async () => {
    const { tab } = await open(PAGE)
    await tab.keyboard.press("j")
    expect(await focused(tab)).toContain("lint")
    await tab.keyboard.press("j")
    await tab.keyboard.press("k")
    expect(await focused(tab)).toContain("lint")
    await tab.keyboard.press("t")
    expect(await tab.locator("html").getAttribute("data-theme")).toBe("light")
    await tab.keyboard.press("/")
    await tab.keyboard.type("AssertionError")
    await tab.locator("#found", { hasText: "1 of" }).waitFor()
    expect(await tab.locator("details.file").first().isVisible()).toBe(false)
    await tab.keyboard.press("Escape")
    expect(await tab.locator("details.file").first().isVisible()).toBe(true)
  })

  test("the page asks for nothing but itself", async () => {
    const { asked } = await open(PAGE)
    expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([])
    expect(asked).toHaveLength(1)
  })
})

async function focused(tab: Page): Promise<string> {
  return tab.evaluate("document.activeElement.textContent")
}

const PAYLOADS = [
  "<script>alert(1)</script>",
  "</code></pre><img src=x onerror=alert(1)>",
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  "</style><script>alert(1)</script>",
  "</title><svg onload=alert(1)>",
  "javascript:alert(1)",
  'https://example.org/" onclick="alert(1)',
  "<!--",
  "--><script>alert(1)</script>",
  "]]><script>alert(1)</script>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "$" + "{alert(1)} {{constructor.constructor('alert(1)')()}}",
  "\u202Etxt.exe \u001b]8;;http://example.org\u0007click\u001b]8;;\u0007 \u0000 \ud800",
  "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
  "<meta http-equiv=refresh content='0;url=https://example.org'>",
]

describe("hostile content stays text", () => {
  test.each(PAYLOADS)("%j", async (text) => {
    const everywhere = cellReport({
      stage: text,
      cell: text,
      title: text,
      outcome: "failed",
      reason: text,
      next: text,
      detail: text,
      after: [text],
      started: "2026-11-24T05:30:12.000Z",
      tools: [{ name: text, version: text }],
      measures: { percent: 1, slowest: [[text, 1]] },
      gate: { demands: text, passed: false, message: text },
      findings: [
        finding({
          tool: text,
          rule: text,
          file: text,
          message: text,
          help: text,
          subject: text,
          excerpt: { first: 1, lines: [text, text, text] },
        }),
        finding({ message: text, detail: text, fingerprint: "f2" }),
      ],
      artifacts: [{ path: text, sha256: text, bytes: 1 }],
    })
    const tests = { ...everywhere, stage: "test", measures: { tests: {} } }
    const report = reportOf([everywhere, tests], {
      id: text,
      commit: text,
      project: { name: text, version: text, path: text },
      engine: { version: text, host: text },
      images: [{ name: text, digest: text, origin: text }],
      outcome: "failed",
    })
    const logs = [{ title: "test pytest", text }]
    const { tab, said, asked } = await open({
      report,
      logs,
      coverage: [{ file: text, lines: 2, covered: 1, missing: [[1, 1]], missedBranches: 0 }],
    })
    await tab.keyboard.press("e")
    const plain = await open({ report: reportOf([]) })
    expect(said).toEqual([])
    expect(asked).toHaveLength(1)
    expect(await strange(tab)).toEqual([])
    expect(await tab.locator("script, style, meta, link, iframe, img, object, base, form").count()).toBe(
      await plain.tab.locator("script, style, meta, link, iframe, img, object, base, form").count(),
    )
  })
})

/** Attributes that no template of ours writes, and links that leave for other than the web. */
async function strange(tab: Page): Promise<readonly string[]> {
  return tab.evaluate(`(() => {
    const attributes = [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
    const handlers = attributes.map(({ name }) => name).filter((name) => /^(?:on.*|autofocus|style)$/.test(name));
    const links = [...document.querySelectorAll("a")].map(({ href }) => href);
    return [...handlers, ...links.filter((href) => !/^(?:https?|file):/.test(href))];
  })()`)
}
