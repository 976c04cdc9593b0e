import { readIni } from "../../project/ini.js"
import { readToml } from "../../project/toml.js"
import { readerFiles } from "./backend-reader.js"
import type { VersionFacts } from "./facts.js"
import { type Claim, type Found, type FoundPlace, joinFound } from "./found.js"
import { placeIn, type Spot } from "./place.js"
import { metadataSpots } from "./places/pkg-info.js"
import { pyprojectSpots } from "./places/pyproject.js"
import { setupCfgSpots } from "./places/setup-cfg.js"
import { setupPySpots } from "./places/setup-py.js"
import { versionFileFault, versionFileSpot } from "./places/version-file.js"

/** Places that state the version of the distribution as such; one of them is mostly the source. */
export function findMetadata(facts: VersionFacts): Found {
  return joinFound(
    versionFile(facts),
    inFile(facts, "pyproject.toml", {
      spots: (text, file) => pyprojectSpots(text, readToml(text, file)),
      claim: "static",
    }),
    inFile(facts, "setup.cfg", { spots: (text, file) => setupCfgSpots(text, readIni(text, file)), claim: "static" }),
    inFile(facts, "setup.py", { spots: setupPySpots, claim: "static" }),
    inFile(facts, "PKG-INFO", { spots: metadataSpots, claim: "sdist" }),
  )
}

/** Settings of other tools repeat the version and never decide it. */
const OTHER_TOOLS = /commitizen|bumpversion/

function inFile(
  { texts, subject }: VersionFacts,
  file: string,
  how: { readonly spots: (text: string, file: string) => readonly Spot[]; readonly claim: Claim },
): Found {
  const text = texts.get(file)?.text
  if (text === undefined) return { places: [], troubles: [] }
  const places = how.spots(text, file).map((spot): FoundPlace => {
    const place = placeIn(file, text, spot)
    const means = !OTHER_TOOLS.test(spot.name) && !(subject.passesOverSetup && file.startsWith("setup."))
    return means ? { ...place, claim: how.claim } : place
  })
  return { places, troubles: [] }
}

/** People read VERSION, unless a build backend does too, which knows PEP 440 only. */
function versionFile(facts: VersionFacts): Found {
  const file = facts.texts.get("VERSION")
  if (file === undefined) return { places: [], troubles: [] }
  const fault = versionFileFault(file)
  const spot = versionFileSpot(file.text)
  if (spot === undefined) {
    return {
      places: [],
      troubles: [
        { file: "VERSION", message: "is empty", next: "write the version into VERSION, e.g. echo 0.1.0 > VERSION" },
      ],
    }
  }
  const text = (path: string) => facts.texts.get(path)?.text
  const built = readerFiles({ packages: facts.subject.packages, text }).includes("VERSION")
  const place = placeIn("VERSION", file.text, { ...spot, dialect: built ? "pep440" : "semver" })
  return {
    places: [{ ...place, claim: "version-file", ...(fault === undefined ? {} : { fault }) }],
    troubles: [],
  }
}
