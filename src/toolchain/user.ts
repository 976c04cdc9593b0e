import type { Container } from "@dagger.io/dagger"
import { PREPARE_PY } from "./assets.js"
import { HOME_PATH, VENV_PATH } from "./paths.js"

/** The ordinary user as whom commands run: tests behave otherwise as root. */
export const USER = { name: "quillon", id: "1000", owner: "1000:1000" } as const

/** An interpreter image with the ordinary user and his empty virtual environment; one step for both. */
export function withOrdinaryUser(interpreter: Container): Container {
  return interpreter
    .withNewFile("/.quillon/make/prepare.py", PREPARE_PY)
    .withExec(["python3", "-I", "/.quillon/make/prepare.py", USER.name, USER.id, HOME_PATH, VENV_PATH])
    .withoutFile("/.quillon/make/prepare.py")
    .withEnvVariable("HOME", HOME_PATH)
    .withEnvVariable("USER", USER.name)
    .withEnvVariable("LANG", "C.UTF-8")
    .withEnvVariable("TZ", "UTC")
    .withWorkdir(HOME_PATH)
    .withUser(USER.name)
}
