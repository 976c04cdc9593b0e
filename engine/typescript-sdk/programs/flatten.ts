import * as classes from "dagger-internals:src/module/introspector/dagger_module/index.js"

type Plain = Record<string, unknown>

/**
 * Keeps of the scanner's graph what registering and serving read, as plain JSON. The graph itself is made of class
 * instances that hold on to nodes of the TypeScript compiler.
 */
export function flatten(value: unknown): unknown {
  if (value === null || typeof value !== "object") return typeof value === "function" ? undefined : value
  if (Array.isArray(value)) return value.map(flatten)
  const name = value.constructor?.name ?? "Object"
  if (name !== "Object" && !name.startsWith("Dagger")) return undefined
  const plain: Plain = {}
  for (const [key, inner] of Object.entries(value)) {
    if (key === "ast" || key === "userModule") continue
    const flat = flatten(inner)
    if (flat !== undefined) plain[key] = flat
  }
  if (name !== "Object") plain.$class = name
  if ("getLocation" in value && typeof value.getLocation === "function") plain.$location = value.getLocation()
  return plain
}

/** Gives what `flatten` wrote its classes and their methods back. */
export function revive(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value
  if (Array.isArray(value)) return value.map(revive)
  const { $class: name, $location: location, ...fields } = value as Plain
  const known = classes as unknown as Record<string, { prototype: object } | undefined>
  const revived: Plain = Object.create(known[String(name)]?.prototype ?? Object.prototype)
  for (const [key, inner] of Object.entries(fields)) revived[key] = revive(inner)
  if (location !== undefined) Object.defineProperty(revived, "getLocation", { value: () => location })
  return revived
}
