import { execa } from "execa"

/** Makes a key pair without a passphrase: a private key at a path, and the public one at `<path>.pub`. */
export async function makeSshKey(path: string): Promise<void> {
  await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path])
}
