// The stages of a Python project and one of one's own, run on a folder:
//   npx tsx pipeline.ts ../service
import { connection, dag } from "@dagger.io/dagger"
import { createDirectoryFiles, createWorld, definePipeline, inspectProject, pythonStages, runPipeline } from "quillon"
import { spelling } from "./spelling.js"

const pipeline = definePipeline([...pythonStages, spelling])
const [folder = ".", ...only] = process.argv.slice(2)
const hidden = ["**/.git", "**/.venv", "**/__pycache__"]

await connection(async () => {
  const host = dag.host()
  const files = createDirectoryFiles(host.directory(folder, { exclude: hidden }))
  const { project, settings } = await inspectProject(files)
  const world = createWorld({
    dag,
    project,
    settings,
    // Each stage uploads what it looks at and no more.
    sources: {
      view: ({ include, exclude }) =>
        host.directory(folder, { include: [...include], exclude: [...exclude, ...hidden] }),
    },
    emit: (event) => {
      if (event.kind === "cell-finished") console.log(event.address, event.report.outcome, event.report.reason ?? "")
    },
  })
  const report = await runPipeline(pipeline, world, { jobs: 4, ...(only.length === 0 ? {} : { only }) })
  console.log(`${report.project.name}: ${report.outcome}`)
  process.exitCode = report.outcome === "passed" ? 0 : 1
})
