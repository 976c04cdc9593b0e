import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type Client, dag, type Service } from "@dagger.io/dagger"

/** What opens the private index, as a secret holds it. */
export const INDEX_LOGIN = "joe:s3cret/!"

/** How a private index is started. */
export interface PrivateIndexWish {
  readonly login?: string
  /** The session beside whose stages it runs. */
  readonly client?: Client
}

/** Starts an index that asks for a password; its address is one for containers of the same session. */
export async function startPrivateIndex({
  login = INDEX_LOGIN,
  client = dag,
}: PrivateIndexWish = {}): Promise<{ readonly service: Service; readonly host: string }> {
  const text = readFileSync(join(import.meta.dirname, "server.py"), "utf8")
  const server = client
    .container()
    .from("python:3.13-slim")
    .withNewFile("/server.py", text)
    .withSecretVariable("LOGIN", client.setSecret("private-index-login", login))
    .withExposedPort(8080)
  const service = await server.asService({ args: ["python3", "/server.py"] }).start()
  return { service, host: `http://${await service.hostname()}:8080` }
}
