import type { CellReport, Report } from "../../src/pipeline/report.js"

/** A cell that passed, with what a test says otherwise. */
export function cellReport(differs: Partial<CellReport> = {}): CellReport {
  return {
    stage: "lint",
    cell: "",
    outcome: "passed",
    seconds: 1,
    cached: false,
    attempts: 1,
    tools: [],
    measures: {},
    findings: [],
    artifacts: [],
    ...differs,
  }
}

/** A finding with what a test says otherwise. */
export function finding(differs: Partial<CellReport["findings"][number]> = {}): CellReport["findings"][number] {
  return {
    tool: "ruff",
    rule: "F401",
    severity: "error",
    file: "src/a.py",
    line: 3,
    column: 8,
    message: "`os` imported but unused",
    fingerprint: "f1",
    ...differs,
  }
}

/** A run with these cells. */
export function reportOf(cells: readonly CellReport[], differs: Partial<Report> = {}): Report {
  return {
    schema: 1,
    id: "20261124-053012-ab12",
    started: "2026-11-24T05:30:12.000Z",
    project: { name: "parcels", version: "1.4.0", path: "." },
    commit: null,
    dirty: null,
    engine: { version: "v0.21.7", host: "unix:///run/engine.sock" },
    images: [],
    outcome: "passed",
    seconds: 4.2,
    cells: [...cells],
    ...differs,
  }
}
