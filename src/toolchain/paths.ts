/** Where the supervisor's runtime is mounted in a container. */
export const RUNTIME_PATH = "/.quillon/runtime"

/** Where the supervisor writes in a container. */
export const OUT_PATH = "/.quillon/out"

/** The virtual environment of a container. */
export const VENV_PATH = "/opt/venv"

/** Home of the ordinary user. */
export const HOME_PATH = "/home/quillon"

/** Where `uv` lies in a container. */
export const UV_PATH = "/usr/local/bin/uv"

/** Where the program itself lies while a stand-in at `UV_PATH` hands it credentials. */
export const UV_PROGRAM_PATH = "/.quillon/uv"

/** Where uv's cache volume is mounted while something is installed. */
export const UV_CACHE_PATH = "/.quillon/cache/uv"
