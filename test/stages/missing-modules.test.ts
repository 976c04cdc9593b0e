import { expect, it } from "vitest"
import { adviceOnMissing } from "../../src/stages/missing-modules.js"
import { fakeProject } from "../pipeline/fakes.js"

function advise(modules: readonly string[], stage: "test" | "types" = "test") {
  const project = fakeProject()
  const chosen = {
    test: { groups: ["tests"], extras: ["testing"], requirements: ["requirements/tests.txt"] },
    types: { groups: [], extras: [], requirements: [] },
  }
  const offered = {
    all: ["pyyaml", "msgspec", "azure-identity", "azure-keyvault-secrets"],
    yaml: ["pyyaml"],
    azure: ["azure-identity", "azure-keyvault-secrets"],
    gcp: ["google-cloud-secret-manager"],
  }
  return adviceOnMissing(modules, {
    project: { ...project, dependencies: { ...project.dependencies, chosen, offered } },
    stage,
  })
}

it.each([
  [
    ["numpy"],
    'add "numpy" in [tool.quillon.test]: requirements = ["requirements/tests.txt", "numpy"] from the index, include = ["numpy/**"] from the project',
  ],
  [["yaml"], 'add "yaml" in [tool.quillon.test]: extras = ["testing", "yaml"]'],
  [["azure"], 'add "azure" in [tool.quillon.test]: extras = ["testing", "azure"]'],
  [["azure.keyvault"], 'add "azure.keyvault" in [tool.quillon.test]: extras = ["testing", "azure"]'],
])("keeps what was chosen, and takes the smallest extra that has it: %j", (modules, expected) => {
  expect(advise(modules)).toBe(expected)
})

it("tells of everything that is missing at once, each once", () => {
  expect(advise(["yaml", "PIL.Image", "yaml", "google.cloud.storage", "google.cloud.secretmanager"])).toBe(
    'add "yaml", "PIL.Image", "google.cloud.storage", "google.cloud.secretmanager" in [tool.quillon.test]: extras = ["testing", "yaml", "gcp"] and ' +
      'requirements = ["requirements/tests.txt", "pillow", "google-cloud-storage"] from the index, ' +
      'include = ["PIL/**", "google/**"] from the project',
  )
})

it("speaks of the stage that misses it", () => {
  expect(advise(["yaml"], "types")).toBe('add "yaml" in [tool.quillon.types]: extras = ["yaml"]')
})

it("has nothing to say where nothing is missing", () => {
  expect(advise([])).toBeUndefined()
})
