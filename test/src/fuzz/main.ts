import { parseArgs } from 'node:util'
import { run } from './campaign.js'
import { http1 } from './http1/http1.js'

/** How many scripts share a seed. */
const runs = 250

const fuzzes = { http1 }

const { values } = parseArgs({
  options: {
    protocol: { type: 'string', default: 'http1' },
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string' },
    'keep-going': { type: 'boolean', default: false },
  },
})

const fuzz = Object.entries(fuzzes).find(([name]) => name === values.protocol)?.[1]
if (fuzz === undefined)
  throw new Error(`--protocol is ${values.protocol}: give ${Object.keys(fuzzes).join(' or ')}`)

const start = performance.now()
const minutes = (): number => (performance.now() - start) / 60_000
let scripts = 0
let told = 0
let unsteady = 0
for (let seed = Number(values.seed); scripts === 0 || minutes() < Number(values.minutes); seed++) {
  const outcome = await run(fuzz, { seed, runs, path: values.path })
  scripts += outcome.scripts
  unsteady += outcome.unsteady.length
  if (outcome.failure !== undefined) {
    console.log(outcome.failure)
    process.exitCode = 1
    if (!values['keep-going']) break
  }
  if (values.path !== undefined) break
  if (Math.floor(minutes()) > told) tell()
  told = Math.floor(minutes())
}
tell()

function tell(): void {
  const rate = Math.round(scripts / minutes())
  console.log(`${scripts} scripts, ${rate} per minute, ${unsteady} differences that were not seen again`)
}
