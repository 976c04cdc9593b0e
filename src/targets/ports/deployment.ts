import type { Target, Trouble } from "./target.js"

/** An image that is to run. */
export interface DeployWish {
  /** Repository of the image, without tag. */
  readonly image: string
  /** `sha256:…`. */
  readonly digest: string
  /** As SemVer. */
  readonly version: string
}

/** An environment that an image is deployed to. Another digest there is absent: a deployment replaces what runs. */
export interface Deployment extends Target<DeployWish> {
  readonly name: string
  /** What stands against a deployment: credentials, an environment that is not there. */
  check(): Promise<readonly Trouble[]>
}
