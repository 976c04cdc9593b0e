import type { Spot } from "../place.js"
import { pythonSpots } from "./python-module.js"

/** `release` and `version` of a Sphinx configuration; there `version` is mostly the short X.Y. */
export function sphinxSpots(text: string): readonly Spot[] {
  return pythonSpots(text, ["release", "version"])
    .filter(({ notation }) => notation === "whole")
    .map((spot) =>
      spot.name === "version" && /^\d+\.\d+$/.test(spot.text) ? { ...spot, notation: "major.minor" } : spot,
    )
}
