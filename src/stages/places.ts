import { OUT_PATH } from "../toolchain/paths.js"

/** Where the project's files are mounted in a stage's container. */
export const WORK_PATH = "/work"

/** Where commands write their reports and what is kept; the ordinary user may create it. */
export const RESULTS_PATH = "/tmp/quillon"

/** Where the programs of stages lie in a container. */
export const PROGRAMS_PATH = "/.quillon/stages"

/** What a command wrote to its standard output, as the supervisor saves it: whole where `Execution` has the tail. */
export const STDOUT_REPORT = { name: "stdout", path: `${OUT_PATH}/stdout` } as const

/** Files of what `resolve` gave, one for each purpose. */
export const AUDITED_FILES = ["runtime.txt", "test.txt", "types.txt"] as const

/** The image's own bundle, which has the certificates that the machine trusts. */
export const IMAGE_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
