import { formatSeconds } from "../duration.js"
import { type Html, html } from "./html.js"
import { MARKS } from "./marks.js"
import type { RunPage } from "./run-page.js"
import { section } from "./section.js"
import { type StageGraph, type StageNode, stageGraphOf } from "./stage-graph.js"

const WIDTH = 168
const HEIGHT = 54
const GAP_X = 40
const GAP_Y = 14
const MARGIN = 4

/** The pipeline as a picture: stages, what waits for what, times and cache. */
export function graphSection({ report }: RunPage): Html | undefined {
  const graph = stageGraphOf(report)
  if (graph.nodes.length < 2) return undefined
  const columns = Math.max(...graph.nodes.map(({ column }) => column)) + 1
  const rows = Math.max(...graph.nodes.map(({ row }) => row)) + 1
  const width = columns * (WIDTH + GAP_X) - GAP_X + 2 * MARGIN
  const height = rows * (HEIGHT + GAP_Y) - GAP_Y + 2 * MARGIN
  return section(
    { id: "pipeline", title: "Pipeline" },
    html`<div class="scroll" tabindex="0" role="region" aria-label="Stages and what waits for what">
<svg class="graph" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${described(graph)}">
${graph.edges.map((edge) => edgeOf(edge, graph))}${graph.nodes.map(nodeOf)}</svg></div>`,
  )
}

function described({ nodes, edges }: StageGraph): string {
  return nodes
    .map(({ stage, outcome, seconds }) => {
      const waits = edges.filter(({ to }) => to === stage).map(({ from }) => from)
      const after = waits.length === 0 ? "" : `, after ${waits.join(" and ")}`
      return `${stage}: ${outcome} in ${formatSeconds(seconds)}${after}`
    })
    .join("; ")
}

function placeOf({ column, row }: StageNode): { x: number; y: number } {
  return { x: MARGIN + column * (WIDTH + GAP_X), y: MARGIN + row * (HEIGHT + GAP_Y) }
}

function edgeOf({ from, to }: StageGraph["edges"][number], { nodes }: StageGraph): Html | undefined {
  const left = nodes.find(({ stage }) => stage === from)
  const right = nodes.find(({ stage }) => stage === to)
  if (left === undefined || right === undefined) return undefined
  const start = placeOf(left)
  const end = placeOf(right)
  const x = start.x + WIDTH
  const bend = x + GAP_X / 2
  const y = start.y + HEIGHT / 2
  const target = end.y + HEIGHT / 2
  return html`<path class="edge" d="M${x} ${y} C${bend} ${y} ${end.x - GAP_X / 2} ${target} ${end.x} ${target}"/>`
}

function nodeOf(node: StageNode): Html {
  const { x, y } = placeOf(node)
  const ran = node.cells.filter(({ outcome }) => outcome !== "skipped").length
  const parts = [
    ...(node.cells.length > 1 ? [`${ran} of ${node.cells.length}`] : []),
    ...(ran === 0 ? ["not run"] : [formatSeconds(node.seconds)]),
    ...(node.cached === 0 ? [] : [node.cached === ran ? "cached" : `${node.cached} cached`]),
  ]
  return html`<g class="node ${node.outcome}${node.cached > 0 && node.cached === ran ? " cached" : ""}" transform="translate(${x} ${y})"><rect width="${WIDTH}" height="${HEIGHT}" rx="8"/><text class="name" x="12" y="23">${MARKS[node.outcome]} ${cut(node.stage, 18)}</text><text class="about" x="12" y="41">${parts.join(" · ")}</text></g>`
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
