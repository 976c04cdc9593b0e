import { readFileSync } from "node:fs"
import { join } from "node:path"
import { dag, type Service } from "@dagger.io/dagger"

/** What opens the private index, as a secret holds it. */
export const INDEX_LOGIN = "joe:s3cret/!"

/** Starts an index that asks for a password, beside the stages of every session; its address is one for containers. */
export async function startPrivateIndex(
  login = INDEX_LOGIN,
): Promise<{ readonly service: Service; readonly host: string }> {
  const text = readFileSync(join(import.meta.dirname, "server.py"), "utf8")
  const server = dag
    .container()
    .from("python:3.13-slim")
    .withNewFile("/server.py", text)
    .withSecretVariable("LOGIN", dag.setSecret("private-index-login", login))
    .withExposedPort(8080)
  const service = await server.asService({ args: ["python3", "/server.py"] }).start()
  return { service, host: `http://${await service.hostname()}:8080` }
}
