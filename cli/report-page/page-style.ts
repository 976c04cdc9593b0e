const LIGHT = `
  color-scheme: light;
  --ground: #f6f7f9; --card: #fff; --text: #1b2027; --quiet: #57606a; --line: #d9dee4; --code: #f2f4f7;
  --link: #0a58b8; --good: #146a2e; --bad: #bf1d2b; --unsure: #875400; --idle: #5d6670;
  --good-soft: #e3f4e8; --bad-soft: #fdeaea; --unsure-soft: #fbf1dc; --idle-soft: #eceff2;
  --bar: #5fb878; --bar-bad: #d9505b; --bar-unsure: #d39a2e; --mark: #1b2027;`

const DARK = `
  color-scheme: dark;
  --ground: #0e1116; --card: #161b22; --text: #e4e9ef; --quiet: #9aa4af; --line: #2b323b; --code: #10151b;
  --link: #79b8ff; --good: #57c46f; --bad: #ff8580; --unsure: #e3b04b; --idle: #a0a9b3;
  --good-soft: #13291a; --bad-soft: #321719; --unsure-soft: #2d240f; --idle-soft: #20262d;
  --bar: #3d9a57; --bar-bad: #d2505a; --bar-unsure: #b98722; --mark: #f0f4f8;`

/** The page's style, in light and dark, for wide and narrow screens and for paper. */
export const PAGE_STYLE = `
:root {${LIGHT}
}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${DARK}
} }
:root[data-theme="dark"] {${DARK}
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
code, pre, kbd, .digest, .address, .name, .where, .place, .lines, th[scope="row"] { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .87em; }
code code, pre code { font-size: 1em; }
a { color: var(--link); }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: .5rem; z-index: 3; background: var(--card); padding: .5rem 1rem; border-radius: 6px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.top, nav, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 1.25rem; }
.top { padding-top: 2rem; padding-bottom: .5rem; position: relative; }
.brand { margin: 0; color: var(--quiet); font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; }
h1 { margin: .1rem 0 .8rem; font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; overflow-wrap: anywhere; }
h2 { margin: 0 0 .9rem; font-size: 1.2rem; letter-spacing: -.01em; }
h3 { margin: 0 0 .3rem; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: .35rem 0; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.outcome { display: inline-block; margin: 0 0 .9rem; padding: .3rem .95rem; border-radius: 99px; font-weight: 650; font-size: 1.05rem; }
.outcome.passed { background: var(--good-soft); color: var(--good); }
.outcome.failed { background: var(--bad-soft); color: var(--bad); }
.outcome.errored { background: var(--unsure-soft); color: var(--unsure); }
.outcome.skipped { background: var(--idle-soft); color: var(--idle); }
.facts { display: flex; flex-wrap: wrap; gap: .35rem 2rem; margin: 0 0 1.1rem; }
.facts dt { color: var(--quiet); font-size: .8rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.2rem, 1fr)); gap: .6rem; list-style: none; margin: 0 0 1rem; padding: 0; }
.figures li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .6rem .8rem; font-size: .85rem; color: var(--quiet); }
.figures strong { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; color: var(--text); }
.figures .passed strong { color: var(--good); } .figures .failed strong { color: var(--bad); } .figures .errored strong { color: var(--unsure); }
nav { position: sticky; top: 0; z-index: 2; display: flex; align-items: center; gap: 1rem; padding-top: .5rem; padding-bottom: .5rem; background: var(--ground); border-bottom: 1px solid var(--line); }
.links { display: flex; gap: .2rem; overflow-x: auto; flex: 1; scrollbar-width: none; }
.links a { padding: .3rem .6rem; border-radius: 6px; text-decoration: none; color: var(--text); white-space: nowrap; font-size: .9rem; }
.links a:hover { background: var(--idle-soft); }
.tools { display: flex; gap: .5rem; }
input, button { font: inherit; font-size: .87rem; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; }
input { width: 11rem; } input::placeholder { color: var(--quiet); opacity: 1; }
button { cursor: pointer; white-space: nowrap; min-width: 7.4rem; }
main:focus { outline: none; }
#found { margin: 1.1rem 0; font-size: .87rem; }
#found:not(:empty) { margin: .5rem 0; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.15rem 1.25rem; margin: 0 0 1.1rem; }
.count { display: inline-block; min-width: 1.7em; padding: 0 .5em; border-radius: 99px; background: var(--idle-soft); color: var(--idle); font-size: .8rem; font-weight: 600; text-align: center; }
.card { border-left: 3px solid var(--line); padding: .2rem 0 .2rem .9rem; margin: 0 0 1rem; }
.card:last-child { margin-bottom: 0; }
.card.failed { border-color: var(--bad); } .card.errored { border-color: var(--unsure); }
.mark { display: inline-block; width: 1.1em; text-align: center; font-weight: 700; color: var(--idle); }
.mark.passed { color: var(--good); } .mark.failed, .failed > h3 .mark { color: var(--bad); } .mark.errored, .errored > h3 .mark { color: var(--unsure); }
.next { font-size: .92rem; } .next code { background: var(--code); padding: .1em .4em; border-radius: 4px; }
.item { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 .5rem; content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
.item > summary, .log > summary { cursor: pointer; padding: .5rem .75rem; border-radius: 8px; overflow-wrap: anywhere; }
.item > summary:hover { background: var(--code); }
.log > summary { padding: .3rem 0; color: var(--quiet); }
.item > .body, .item > ul, .item > .scroll { padding: .1rem .9rem .7rem; margin: 0; border-top: 1px solid var(--line); }
.item > ul { list-style: none; }
.item li { padding: .45rem 0; border-bottom: 1px solid var(--line); } .item li:last-child { border-bottom: 0; padding-bottom: 0; }
.rules { font-size: .82rem; margin-left: .4rem; }
.said { overflow-wrap: anywhere; } .test .said { font-weight: 600; }
.finding { margin: 0; }
.where { display: inline-block; min-width: 3.6rem; color: var(--quiet); }
.rule { color: var(--quiet); font-size: .85rem; white-space: nowrap; }
.severity, .tag { display: inline-block; padding: 0 .45em; border-radius: 4px; font-size: .75rem; line-height: 1.55; background: var(--idle-soft); color: var(--idle); }
.severity.error, .severity.high, .severity.critical { background: var(--bad-soft); color: var(--bad); }
.severity.warning, .severity.medium { background: var(--unsure-soft); color: var(--unsure); }
pre { margin: .5rem 0 .2rem; padding: .7rem .85rem; background: var(--code); border-radius: 8px; overflow: auto; max-height: 32rem; line-height: 1.45; tab-size: 4; }
.excerpt { padding: .5rem .6rem; } .excerpt .number { color: var(--quiet); user-select: none; }
.here { display: block; background: var(--unsure-soft); } .caret { display: block; color: var(--bad); font-weight: 700; }
pre .at { font-weight: 700; } pre .error, pre .del { color: var(--bad); } pre .add { color: var(--good); } pre .hint { color: var(--unsure); }
pre .add { background: var(--good-soft); } pre .del { background: var(--bad-soft); } pre .head { color: var(--quiet); font-weight: 700; }
.scroll { overflow-x: auto; }
.graph { display: block; }
.edge { fill: none; stroke: var(--quiet); stroke-width: 1.4; opacity: .55; }
.node rect { fill: var(--idle-soft); stroke: var(--line); }
.node.passed rect { fill: var(--good-soft); stroke: var(--bar); } .node.failed rect { fill: var(--bad-soft); stroke: var(--bar-bad); } .node.errored rect { fill: var(--unsure-soft); stroke: var(--bar-unsure); }
.node.cached rect { stroke-dasharray: 4 3; } .node.skipped rect { stroke-dasharray: 2 3; }
.node text { fill: var(--text); font-size: 13px; font-weight: 650; } .node .about { font-size: 11.5px; font-weight: 400; fill: var(--text); }
.timeline { list-style: none; margin: 0 0 .8rem; padding: 0; }
.row { display: grid; grid-template-columns: 11rem minmax(8rem, 1fr) 5.2rem 15rem; gap: .8rem; align-items: center; padding: .16rem 0; content-visibility: auto; contain-intrinsic-size: auto 1.8rem; }
.row.critical .address { font-weight: 700; }
.axis { color: var(--quiet); font-size: .78rem; } .ticks { display: flex; justify-content: space-between; }
.address { overflow-wrap: anywhere; } .time { text-align: right; font-variant-numeric: tabular-nums; font-size: .87rem; }
.remark { font-size: .83rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar { width: 100%; height: 14px; display: block; background: var(--code); border-radius: 4px; } .key { vertical-align: middle; margin: 0 .2rem 0 .9rem; } .legend { font-size: .83rem; } .legend .key:first-child { margin-left: 0; }
.run.passed { fill: var(--bar); } .run.failed { fill: var(--bar-bad); } .run.errored { fill: var(--bar-unsure); } .run.skipped { fill: var(--idle); } .run.cached { opacity: .45; } .run.critical { stroke: var(--mark); stroke-width: 2; vector-effect: non-scaling-stroke; opacity: 1; }
.wait { fill: var(--quiet); opacity: .6; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th { text-align: left; font-weight: 600; } th[scope="row"] { font-weight: 400; overflow-wrap: anywhere; min-width: 17rem; }
thead th { color: var(--quiet); font-size: .8rem; } td, th { padding: .32rem .8rem .32rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.digest { overflow-wrap: anywhere; min-width: 14rem; color: var(--quiet); }
.share { display: block; width: 5rem; height: 4px; margin: .2rem 0 0 auto; border-radius: 2px; } .share .all { fill: var(--bad-soft); } .share .covered { fill: var(--bar); }
.figure { font-size: 1.5rem; }
footer { padding-top: .4rem; padding-bottom: 2.5rem; font-size: .85rem; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .35em; background: var(--card); }
@media (max-width: 760px) {
  html { scroll-padding-top: 6.5rem; }
  .top, nav, main, footer { padding-left: .8rem; padding-right: .8rem; } .top { padding-top: 1.1rem; } h1 { font-size: 1.55rem; }
  nav { flex-wrap: wrap; gap: .4rem; } .links { flex-basis: 100%; } .tools, .tools label { flex: 1; } input { width: 100%; }
  section { padding: .9rem .8rem; border-radius: 10px; } .figures { grid-template-columns: repeat(auto-fit, minmax(5.6rem, 1fr)); }
  .row { grid-template-columns: 1fr auto; gap: .1rem .6rem; padding: .35rem 0; } .row .bar { grid-column: 1 / -1; grid-row: 2; } .row .remark { grid-column: 1 / -1; white-space: normal; }
  th[scope="row"] { min-width: 11rem; }
  .axis > span:first-child, .axis > span:last-child { display: none; } .ticks { grid-column: 1 / -1; }
}
@media print {
  nav, footer, .skip, #found { display: none; } body { background: #fff; font-size: 11px; }
  section, .item, .row { break-inside: auto; content-visibility: visible; } pre { max-height: none; white-space: pre-wrap; overflow-wrap: anywhere; } .scroll { overflow: visible; }
}
`
