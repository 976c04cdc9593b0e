/** Options of pytest's plugins, and what installs them. */
const PLUGINS: readonly (readonly [RegExp, string])[] = [
  [/^--asyncio-/, "pytest-asyncio"],
  [/^--benchmark-/, "pytest-benchmark"],
  [/^--black$/, "pytest-black"],
  [/^--(?:no-)?cov(?:$|-)/, "pytest-cov"],
  [/^--(?:ds|dc|reuse-db|create-db|nomigrations|no-migrations|fail-on-template-vars)$/, "pytest-django"],
  [/^--(?:disable-socket|allow-hosts|allow-unix-socket|force-enable-socket)$/, "pytest-socket"],
  [/^--doctest-(?:plus|rst|ufunc)/, "pytest-doctestplus"],
  [/^--flake8$/, "pytest-flake8"],
  [/^--html$/, "pytest-html"],
  [/^--instafail$/, "pytest-instafail"],
  [/^--mpl/, "pytest-mpl"],
  [/^--mypy/, "pytest-mypy"],
  [/^--nbval/, "nbval"],
  [/^--random-order/, "pytest-random-order"],
  [/^--randomly-/, "pytest-randomly"],
  [/^--(?:record-mode|block-network)$/, "pytest-recording"],
  [/^--(?:only-)?reruns/, "pytest-rerunfailures"],
  [/^--snapshot-/, "syrupy"],
  [/^--timeout/, "pytest-timeout"],
  [/^(?:-n\w*|--numprocesses|--maxprocesses|--dist|--tx)$/, "pytest-xdist"],
]

/** The plugins that options belong to which pytest did not know: `unrecognized arguments: --asyncio-mode=strict`. */
export function pluginsOf(complaint: string): readonly string[] {
  const words = /unrecognized arguments: (.+)/.exec(complaint)?.[1]?.split(/\s+/) ?? []
  const options = words.map((word) => word.split("=")[0] ?? word)
  return [...new Set(options.flatMap((option) => PLUGINS.find(([pattern]) => pattern.test(option))?.[1] ?? []))]
}
