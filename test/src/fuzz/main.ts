import { fork } from 'node:child_process'
import { parseArgs } from 'node:util'
import { run } from './campaign.js'
import type { Fuzz } from './fuzz.js'
import { http1 } from './http1/http1.js'
import { http2 } from './http2/http2.js'

/** How many scripts share a seed. */
const runs = 250

const fuzzes = { http1, http2 }

const { values } = parseArgs({
  options: {
    /** What is spoken. */
    protocol: { type: 'string', default: 'http1' },
    minutes: { type: 'string', default: '1' },
    /** The first one; each batch has the next. */
    seed: { type: 'string', default: '1' },
    /** Repeats one script of this seed. */
    path: { type: 'string' },
    /** Whether it goes on with the next seed behind what it finds. */
    'keep-going': { type: 'boolean', default: false },
  },
})

if (process.send === undefined) watch()
else await campaign(chosen())

/** A child does the work: what kills a process without a word is seen from outside. */
function watch(): void {
  chosen()
  let seed: unknown
  const child = fork(new URL(import.meta.url), process.argv.slice(2))
  child.on('message', (message) => {
    seed = message
  })
  child.on('exit', (code, signal) => {
    if (signal !== null || (code !== 0 && code !== 1)) {
      console.log(`the process died of ${signal ?? `code ${code}`}`)
      console.log(`repeat it with: --protocol ${values.protocol} --seed ${seed} --minutes 0`)
    }
    process.exitCode = code === 0 ? 0 : 1
  })
}

function chosen(): Fuzz<object> {
  const fuzz = Object.entries(fuzzes).find(([name]) => name === values.protocol)?.[1]
  if (fuzz !== undefined) return fuzz as Fuzz<object>
  throw new Error(`--protocol is ${values.protocol}: give ${Object.keys(fuzzes).join(' or ')}`)
}

async function campaign(fuzz: Fuzz<object>): Promise<void> {
  const start = performance.now()
  const minutes = (): number => (performance.now() - start) / 60_000
  let scripts = 0
  let unsteady = 0
  let told = 0
  let found = false
  const tell = (): void => {
    const rate = Math.round(scripts / minutes())
    console.log(`${scripts} scripts, ${rate} per minute, ${unsteady} differences that were not seen again`)
  }
  let seed = Number(values.seed)
  do {
    process.send?.(seed)
    const outcome = await run(fuzz, { seed, runs, path: values.path })
    scripts += outcome.scripts
    unsteady += outcome.unsteady.length
    if (outcome.failure !== undefined) console.log(outcome.failure)
    found ||= outcome.failure !== undefined
    if (Math.floor(minutes()) > told) tell()
    told = Math.floor(minutes())
    seed++
  } while (
    minutes() < Number(values.minutes) &&
    values.path === undefined &&
    !(found && !values['keep-going'])
  )
  tell()
  process.exit(found ? 1 : 0)
}
