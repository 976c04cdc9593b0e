import { type Answer, type Call, json } from "../http/exchange.js"

const PAGE = 30
const LARGEST_PAGE = 100

/** One page of a list, with the `Link` header that leads to the others. */
export function paginate(call: Call, items: readonly object[]): Answer {
  const size = Math.min(LARGEST_PAGE, Math.max(1, Number(call.query.get("per_page") ?? PAGE) || PAGE))
  const page = Math.max(1, Number(call.query.get("page") ?? 1) || 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (number: number, rel: string) => {
    const query = new URLSearchParams(call.query)
    query.set("page", `${number}`)
    return `<${call.origin}${call.path}?${query}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link(page - 1, "prev"), link(1, "first")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ]
  const shown = items.slice((page - 1) * size, page * size)
  return json(200, shown, links.length === 0 ? {} : { link: links.join(", ") })
}
