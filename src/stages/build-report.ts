import { z } from "zod"

const metadata = z.object({
  name: z.string().nullable(),
  version: z.string().nullable(),
  requires: z.string().nullable(),
})

const attempt = z.object({ exit: z.number(), output: z.string() })

const distribution = z.object({
  file: z.string(),
  bytes: z.number(),
  members: z.array(z.string()),
  /** Members that nobody means to publish: `.env`, private keys. */
  secrets: z.array(z.string()).default([]),
  metadata: metadata.nullable(),
})

const wheel = distribution.extend({ tags: z.array(z.string()) })

/** What build.py says of the distributions. */
export const buildReport = z.object({
  versions: z.record(z.string(), z.string()),
  sdist: z.object({ ...attempt.shape, ...distribution.partial().shape }),
  wheel: z
    .object({
      ...attempt.shape,
      ...wheel.partial().shape,
      /** Digest of what the wheel and the one that is tested hold alike; build.py compared them. */
      payload: z.string().optional(),
      /** What auditwheel said; null where the wheel is pure. */
      repair: attempt.nullish(),
      /** True where it was built elsewhere. */
      finished: z.boolean().optional(),
    })
    .optional(),
  /** Wheels that were built elsewhere and fit another interpreter or system. */
  elsewhere: z.array(wheel).default([]),
  /** `twine check --strict`, with one blank for all white space; none on a Python that twine does not know. */
  twine: z.array(attempt).default([]),
  /** The hashed requirements file of the backend's environment. */
  requirements: z.string().default(""),
  /** What the backend asked for beyond `[build-system] requires`. */
  late: z.array(z.string()).default([]),
})

/** {@link buildReport} as data. */
export type BuildReport = z.infer<typeof buildReport>

/** Name and version of a distribution as its own metadata has them. */
export type DistributionMetadata = z.infer<typeof metadata>
