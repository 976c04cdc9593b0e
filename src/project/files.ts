/**
 * The project's files as a door can see them. Paths are relative to the project, with `/` as separator;
 * a path that begins with `../` may reach up to the git root and no further (a workspace's lock).
 */
export interface ProjectFiles {
  /** UTF-8 text without byte order mark; undefined when it is no readable regular file. Git-ignored files can be read. */
  read(path: string): Promise<string | undefined>
  /** All files that git does not ignore, sorted; without names that are not UTF-8 and links that leave the project. */
  list(): Promise<readonly string[]>
  /** What git does not ignore and `list` leaves out; absent where the door can't tell. */
  leftOut?(): Promise<readonly LeftOut[]>
}

/** A name in the project behind which there is no file of the project. */
export interface LeftOut {
  /** With U+FFFD for each byte that is no UTF-8. */
  readonly path: string
  readonly why: "its name is not UTF-8" | "it leads out of the project" | "it leads nowhere"
}
