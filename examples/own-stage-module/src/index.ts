import { type Directory, dag, func, object } from "@dagger.io/dagger"

/** A tool that prints its findings as `path:line: message` and ends with 1 where it has any. */
const TOOL = ["grep", "--recursive", "--line-number", "--include=*.py", "TODO", "src"]

/** Quillon's pipeline and a stage of one's own, from a module. */
@object()
export class OwnStageModule {
  /**
   * Runs the pipeline with a stage that minds what is left to do.
   *
   * @param source The Python project.
   */
  @func({ cache: "never" })
  async ci(source: Directory, only: string[] = []): Promise<string> {
    const container = dag
      .container()
      .from("python:3.13-slim")
      .withMountedDirectory("/work", source.filter({ include: ["src/**"] }))
      .withWorkdir("/work")
    return dag
      .quillon({ source })
      .withStage("leftovers", container, ["sh", "-c", `! ${TOOL.join(" ")}`], { format: "lines" })
      .ci({ only })
  }
}
