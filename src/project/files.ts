/**
 * The project's files as a door can see them. Paths are relative to the project, with `/` as separator;
 * a path that begins with `../` may reach up to the git root and no further (a workspace's lock).
 */
export interface ProjectFiles {
  /** UTF-8 text without byte order mark; undefined when it is no readable regular file. Git-ignored files can be read. */
  read(path: string): Promise<string | undefined>
  /** All files that git does not ignore, sorted; without names that are not UTF-8 and links that leave the project. */
  list(): Promise<readonly string[]>
}
