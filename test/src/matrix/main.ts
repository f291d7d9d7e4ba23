import { parseArgs } from 'node:util'
import { wordsOf } from './cell.js'
import { cells } from './cells/cells.js'
import { runCells } from './matrix.js'
import { type Result, toJson } from './report/result.js'
import { tableOf } from './report/table.js'

const usage = `matrix [WORD…] [--json] [--keep] [--list]

Tries the packed packages as their users would, in throwaway projects. A cell is run if it has all WORDs:
its area (forms, typescript, runners, bundles, frameworks, packages), subject, form, setting, or node22.
  --json  prints the results as JSON
  --keep  leaves the projects where they are, and says where
  --list  prints the cells and runs none`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const words = positionals.map((word) => word.toLowerCase())
const chosen = cells.filter((cell) => words.every((word) => wordsOf(cell).includes(word)))

if (values.help) {
  console.log(usage)
} else if (chosen.length === 0) {
  console.error(`no cell has ${words.join(' and ')}\n\n${usage}`)
  process.exitCode = 1
} else if (values.list) {
  for (const cell of chosen) console.log(wordsOf(cell).replaceAll(/ +/g, ' '))
} else {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  const results = await runCells(chosen, { keep: values.keep, told, signal: interrupted.signal })
  const failed = results.filter(({ failure }) => failure !== undefined)
  if (values.json) console.log(JSON.stringify(results.map(toJson), undefined, 2))
  else console.log(`${tableOf(results)}\n${results.length - failed.length} of ${results.length} cells hold`)
  process.exitCode = failed.length === 0 && !interrupted.signal.aborted ? 0 : 1
}

/** What failed is said at once, with its output. */
function told({ cell, names, seconds, failure }: Result): void {
  const name = [...Object.values(names), `Node ${cell.node}`].filter(Boolean).join(' · ')
  if (failure !== undefined) console.error(`\nFAILS ${name} (${seconds} s)\n${failure}\n`)
  else console.error(`holds ${name} (${seconds} s)`)
}
