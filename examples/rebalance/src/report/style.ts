/** The colours: light, dark on a screen that is, and light on paper. Blue and orange differ for everybody. */
export const palette: string = `:root {
  color-scheme: light;
  --paper: #ffffff; --ink: #1c2430; --quiet: #586273; --line: #d8dde5;
  --old-1: #2f7cc0; --old-2: #7db3e0; --new-1: #e8871e; --new-2: #f6bd78;
  --opened: #4f7f8f; --p50: #2a8c82; --p99: #b0417b; --good: #1a7f4b; --bad: #b3261e;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #14181f; --ink: #e8ecf2; --quiet: #a3adbb; --line: #343c48;
    --old-1: #3f86c6; --old-2: #27598a; --new-1: #e58a2b; --new-2: #a9611a;
    --opened: #6fa3b3; --p50: #45b3a6; --p99: #d86aa2; --good: #54c58a; --bad: #ff8a80;
  }
}
`

/** How the report looks. */
export const style: string = `
${palette}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 84rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; line-height: 1.35; margin: 0 0 .5rem; }
h3 { font-size: .95rem; margin: .5rem 0; }
p { margin: 0 0 .75rem; max-width: 46rem; }
figure, section { margin: 2.5rem 0 0; }
.verdict { list-style: none; margin: 1.25rem 0 0; padding: 0; }
.verdict li { padding: .15rem 0 .15rem 1.6rem; text-indent: -1.6rem; }
.verdict b { display: inline-block; width: 1.6rem; text-indent: 0; }
.good b { color: var(--good); }
.bad b, .bad { color: var(--bad); }
.key { list-style: none; margin: 0 0 .75rem; padding: 0; color: var(--quiet); font-size: .875rem; display: flex; flex-wrap: wrap; gap: .15rem 1.5rem; }
.swatch { display: inline-block; width: .8em; height: .8em; }
.dashes { display: inline-block; width: 1.6em; border-top: 2px dashed var(--ink); vertical-align: .3em; }
.side-by-side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1rem; align-items: end; }
.side-by-side svg { display: block; width: 100%; height: auto; }
.side-by-side svg text { white-space: pre; }
.side-by-side svg [aria-label="y-grid"] { stroke: var(--line); stroke-opacity: 1; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; }
tbody th { font-weight: 400; }
.main > * { font-weight: 600; }
tr > :first-child { text-align: left; padding-left: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0; font-size: .9rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
.note { color: var(--quiet); font-size: .875rem; margin-top: .5rem; }
code { font-family: ui-monospace, "Liberation Mono", monospace; font-size: .9em; }
summary { cursor: pointer; font-weight: 600; }
@media (max-width: 46rem) {
  h1 { font-size: 1.4rem; }
  h2 { font-size: 1.05rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  th, td { padding: .25rem .4rem; }
  .compared { font-size: .8rem; }
  .compared th { white-space: normal; }
}
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { font-size: 9pt; }
  body { padding: 0; max-width: none; }
  p { max-width: none; }
  .side-by-side { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .5rem; }
  figure, section, table { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
  figure, section { margin-top: 1.25rem; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  details { display: none; }
}
`
