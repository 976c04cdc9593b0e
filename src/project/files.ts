/**
 * The project's files as a door can see them. Paths are relative to the project, with `/` as separator;
 * a path that begins with `../` may reach up to the git root and no further (a workspace's lock).
 */
export interface ProjectFiles {
  /**
   * Text without byte order mark: UTF-8, or where the door can tell what a Python source declares (PEP 263); undefined
   * when it is no readable regular file. Git-ignored files can be read.
   */
  read(path: string): Promise<string | undefined>
  /** All files that git does not ignore, sorted; without names that are not UTF-8 and links that leave the project. */
  list(): Promise<readonly string[]>
  /** Why a listed file can't be read, in a few words; absent where the door can't tell. */
  whyUnread?(path: string): Promise<string>
  /** What git does not ignore and `list` leaves out; absent where the door can't tell. */
  leftOut?(): Promise<readonly LeftOut[]>
}

/** A name in the project behind which there is no file of the project. */
export interface LeftOut {
  /** With U+FFFD for each byte that is no UTF-8. */
  readonly path: string
  readonly why: "its name is not UTF-8" | "it leads out of the project" | "it leads nowhere"
}
