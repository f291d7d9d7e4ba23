import type { ServerOptions } from '@evenkeel/node'
import type { Fault, Trial } from '../fuzz.js'
import type { Guard } from '../guard.js'
import { outOfReach } from '../out-of-reach.js'
import { compare } from './compare.js'
import { judge, judgeLimit } from './oracle.js'
import { play, type Stage, type Transcript } from './play.js'
import { show } from './received.js'
import type { Script } from './script.js'

interface Way {
  readonly name: string
  readonly stage: Omit<Stage, 'guard'>
  judge(script: Script, bare: Transcript, ours: Transcript): string | undefined
}

function waysFor({ requests, steps }: Script): Way[] {
  const limited = { ...outOfReach, maxRequestsPerConnection: requests }
  const ways: Way[] = [
    { name: 'out of reach', stage: { options: outOfReach }, judge: compare },
    { name: 'a dry run', stage: { options: { ...limited, dryRun: true } }, judge: compare },
    {
      name: `a limit of ${requests}`,
      stage: { options: limited, hasty: true },
      judge: (script, bare, ours) => judge(script, bare, ours) ?? judgeLimit(script, requests, ours),
    },
  ]
  if (!steps.some(({ kind }) => ['retire', 'drain', 'detach', 'update'].includes(kind))) return ways
  const steered = (name: string, options: ServerOptions): Way => ({
    name: `${name}, steered`,
    stage: { options, steered: true, hasty: true },
    judge,
  })
  return [...ways, steered('out of reach', outOfReach), steered(`a limit of ${requests}`, limited)]
}

/** How often a difference has to be seen in a row; where Node itself is not deterministic, it is not. */
const times = 4

export async function trial(script: Script, guard: Guard): Promise<Trial> {
  const unsteady: Fault[] = []
  const bares = { steady: [await play(script, { guard })], hasty: [] as Transcript[] }
  for (const way of waysFor(script)) {
    const known = way.stage.hasty === true ? bares.hasty : bares.steady
    let first: Fault | undefined
    let fault: Fault | undefined
    for (let time = 0; time < times && (time === 0 || fault !== undefined); time++) {
      if (known.length <= time) known.push(await play(script, { guard, hasty: way.stage.hasty === true }))
      fault = await attempt(script, way, guard, known)
      first ??= fault
    }
    if (fault !== undefined) return { fault, unsteady }
    if (first !== undefined) unsteady.push(first)
  }
  return { unsteady }
}

/** @param bares what a bare server has said at different times: it is enough to do as it has done once. */
async function attempt(
  script: Script,
  way: Way,
  guard: Guard,
  bares: readonly Transcript[],
): Promise<Fault | undefined> {
  const ours = await play(script, { guard, ...way.stage })
  let fault: Fault | undefined
  for (const bare of bares) {
    const what = way.judge(script, bare, ours)
    if (what === undefined) return undefined
    fault ??= { where: way.name, what, bare: readable(bare), ours: readable(ours) }
  }
  return fault
}

function readable(transcript: Transcript): object {
  return { ...transcript, frames: transcript.frames.map(show) }
}
