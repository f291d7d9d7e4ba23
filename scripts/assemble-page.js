// Puts the inspector's page together: one HTML file with all its scripts and styles. The package then reads no other file,
// so that a bundler can take it in.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** In the order in which they run. Each sees what those before it declare. */
const scripts = [
  'format',
  'element',
  'colours',
  'words',
  'seconds',
  'legend',
  'time-chart',
  'bars',
  'histogram',
  'tables',
  'peers-table',
  'tiles',
  'members-table',
  'fleet',
  'notices',
  'stream',
  'main',
]

const inspector = join(import.meta.dirname, '..', 'packages', 'inspector')
const uplot = dirname(createRequire(join(inspector, 'package.json')).resolve('uplot/package.json'))
const licence = `/*\n${read(uplot, 'LICENSE')}*/`
const script = [
  licence,
  read(uplot, 'dist', 'uPlot.iife.min.js'),
  ...scripts.map((name) => read(inspector, 'dist', 'page', `${name}.js`)),
].join('\n')
const style = [read(uplot, 'dist', 'uPlot.min.css'), read(inspector, 'page', 'page.css')].join('\n')
const html = read(inspector, 'page', 'page.html')
  .replace('<style></style>', () => `<style>${style}</style>`)
  .replace('<script></script>', () => `<script>${script}</script>`)
writeFileSync(join(inspector, 'dist', 'page.json'), JSON.stringify({ html, script, style }))

function read(...path) {
  return readFileSync(join(...path), 'utf8')
}
