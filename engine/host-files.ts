import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"

/** Where administrators put certificate authorities of their own. */
const CUSTOM = [
  "/usr/local/share/ca-certificates",
  "/etc/pki/ca-trust/source/anchors",
  "/etc/ca-certificates/trust-source/anchors",
]

/** Copies what the engine takes over from the host into a folder: resolver, host names, certificates. The originals stay untouched. */
export async function copyHostFiles(folder: string): Promise<void> {
  await rm(join(folder, "certificates"), { recursive: true, force: true })
  await mkdir(join(folder, "certificates"), { recursive: true })
  await writeFile(join(folder, "resolv.conf"), await resolver())
  await writeFile(join(folder, "hosts"), await readOr("/etc/hosts", "127.0.0.1 localhost\n"))
  for (const path of await customCertificates()) {
    await cp(path, join(folder, "certificates", basename(path).replace(/\.pem$/, ".crt")), { dereference: true })
  }
}

/** The host's own certificate authorities, as files. */
export async function customCertificates(): Promise<readonly string[]> {
  const found: string[] = []
  for (const folder of CUSTOM) {
    const names = await readdir(folder, { recursive: true }).catch(() => [])
    found.push(...names.filter((name) => /\.(crt|pem)$/.test(name)).map((name) => join(folder, name)))
  }
  return found
}

async function resolver(): Promise<string> {
  const own = await readOr("/etc/resolv.conf", "")
  return usableResolver(own, await readOr("/run/systemd/resolve/resolv.conf", ""))
}

/**
 * Gives the resolver configuration that works outside the host's network namespace: a stub on the loopback interface
 * (systemd-resolved) is replaced by the servers behind it.
 */
export function usableResolver(own: string, behindStub: string): string {
  return onlyLoopback(own) && behindStub !== "" && !onlyLoopback(behindStub) ? behindStub : own
}

/** Whether every name server of a resolver configuration is on the loopback interface. */
export function onlyLoopback(configuration: string): boolean {
  const servers = [...configuration.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? "")
  return servers.every((server) => server.startsWith("127.") || server === "::1")
}

function readOr(path: string, otherwise: string): Promise<string> {
  return readFile(path, "utf8").catch(() => otherwise)
}
