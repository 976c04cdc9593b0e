import type { Client, Container, Directory, File } from "@dagger.io/dagger"
import { listsOfTests } from "../findings/listed-tests.js"
import { COVERAGE_FILE, coverageArtifact, renderResultFiles } from "../findings/result-files.js"
import type { Address } from "../pipeline/cell.js"
import type { Command } from "../pipeline/command.js"
import type { Report } from "../pipeline/report.js"
import type { World } from "../pipeline/world.js"

/** What a run leaves, as lazy folders and containers: nothing is transferred before the caller asks for it. */
export interface Collector {
  /** A world whose runs are collected here. */
  collect(world: World): World
  /** The result files, the coverage where there is one, and `logs/<cell>/`, as a run's folder has them. */
  report(dag: Client, report: Report): Promise<Directory>
  /** What the cells left: `<cell>/<kind>/`. */
  artifacts(dag: Client, report: Report): Directory
  /** The container before the named command of a cell, or before its first one. */
  container(address: Address, command?: string): Container | undefined
}

interface Collected {
  readonly address: Address
  readonly command: Command
  readonly output: Directory
}

/** Makes an empty collector. */
export function createCollector(): Collector {
  const given = new Map<string, Collected>()
  const executed = new Set<string>()
  const steps = () => [...given].flatMap(([key, step]) => (executed.has(key) ? [step] : []))
  /** A file that a cell left, by its path in a run's folder: `artifacts/<cell>/<kind>/…`. */
  const keptFile = (path: string): File | undefined => {
    const [, address, kind = "", ...rest] = path.split("/")
    const step = steps().find((known) => known.address === address && keeps(known.command, kind))
    return step?.output.file(`kept/${kind}/${rest.join("/")}`)
  }
  return {
    collect: (world) => ({
      ...world,
      supervise(command, supervision) {
        const step = world.supervise(command, supervision)
        const { address } = supervision
        given.set(keyOf(address, command.name), { address, command, output: step.output })
        return step
      },
      store: {
        async keep(address, kept) {
          for (const { command } of kept) executed.add(keyOf(address, command))
        },
      },
    }),
    async report(dag, report) {
      const coverage = keptFile(coverageArtifact(report) ?? "")
      const lists = Object.entries(listsOfTests(report)).map(
        async ([address, path]) => [address, (await keptFile(path)?.contents()) ?? ""] as const,
      )
      const texts = textsOf(dag, renderResultFiles(report, Object.fromEntries(await Promise.all(lists))))
      return steps().reduce(
        (folder, { address, command, output }) => {
          const log = `logs/${address}/${command.name}`
          return folder
            .withFile(`${log}.log`, output.file("stdout"))
            .withFile(`${log}.stderr.log`, output.file("stderr"))
        },
        coverage === undefined ? texts : texts.withFile(COVERAGE_FILE, coverage),
      )
    },
    artifacts(dag, report) {
      const paths = report.cells.flatMap(({ artifacts }) => artifacts.map(({ path }) => path))
      return paths.reduce((folder, path) => {
        const file = keptFile(path)
        return file === undefined ? folder : folder.withFile(path.replace(/^artifacts\//, ""), file)
      }, dag.directory())
    },
    container(address, name) {
      const commands = [...given.values()].filter((step) => step.address === address)
      return (commands.find(({ command }) => command.name === name) ?? commands[0])?.command.container
    },
  }
}

function keyOf(address: Address, command: string): string {
  return `${address} ${command}`
}

function keeps(command: Command, kind: string): boolean {
  return (command.keeps ?? []).some((kept) => kept.kind === kind)
}

function textsOf(dag: Client, files: ReturnType<typeof renderResultFiles>): Directory {
  return Object.entries(files).reduce((folder, [name, text]) => folder.withNewFile(name, text), dag.directory())
}
