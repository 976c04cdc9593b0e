import { createHash } from "node:crypto"
import { reportModel } from "../../src/findings/report-model.js"
import { artifactsSection } from "./artifacts-section.js"
import { coverageSection } from "./coverage-section.js"
import { findingsSection } from "./findings-section.js"
import { graphSection } from "./graph-section.js"
import { headSection } from "./head-section.js"
import { html, trustedHtml } from "./html.js"
import { PAGE_SCRIPT } from "./page-script.js"
import { PAGE_STYLE } from "./page-style.js"
import type { RunPage } from "./run-page.js"
import { shownFindings } from "./shown-findings.js"
import { slowestSection } from "./slowest-section.js"
import { testsSection } from "./tests-section.js"
import { timelineSection } from "./timeline-section.js"
import { troubleSection } from "./trouble-section.js"
import { versionsSection } from "./versions-section.js"

/**
 * A run as one page of HTML that needs nothing else: no network, no other file. Its content security policy lets run
 * what is in it by digest and nothing else, so that a hole in our escaping would still run nothing. Pure.
 */
export function renderPage(page: RunPage): string {
  const { report } = page
  const model = reportModel(report)
  const shown = shownFindings(report)
  const parts = [
    { id: "trouble", title: "Trouble", content: troubleSection(model.wrong, page) },
    { id: "tests", title: "Tests", content: testsSection(shown.tests) },
    { id: "findings", title: "Findings", content: findingsSection(shown.others) },
    { id: "pipeline", title: "Pipeline", content: graphSection(page) },
    { id: "cells", title: "Cells", content: timelineSection(page, model) },
    { id: "coverage", title: "Coverage", content: coverageSection(page) },
    { id: "slowest", title: "Slowest", content: slowestSection(page) },
    { id: "artifacts", title: "Artifacts", content: artifactsSection(page) },
    { id: "versions", title: "Versions", content: versionsSection(page) },
  ].filter(({ content }) => content !== undefined)
  const policy = `default-src 'none'; style-src '${digest(PAGE_STYLE)}'; script-src '${digest(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${model.title}: ${page.ended ? report.outcome : "did not end"}</title>
<style>${trustedHtml(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${headSection(page, model, shown)}
<nav aria-label="Sections"><div class="links">${parts.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</div>
<div class="tools" hidden><label><span class="hidden">Show only what contains</span><input id="filter" type="search" placeholder="Filter  /" autocomplete="off" spellcheck="false"></label> <button id="theme" type="button">Theme</button></div></nav>
<main id="main" tabindex="-1">
<p id="found" class="quiet" role="status"></p>
${parts.map(({ content }) => content)}</main>
<footer class="quiet">Keys: <kbd>/</kbd> filter, <kbd>j</kbd> and <kbd>k</kbd> next and previous, <kbd>e</kbd> open or close all, <kbd>t</kbd> theme.</footer>
<script>${trustedHtml(PAGE_SCRIPT)}</script>
</body>
</html>
`.markup
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`
}
