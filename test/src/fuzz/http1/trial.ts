import type { ServerOptions } from '@evenkeel/node'
import type { Fault, Trial } from '../fuzz.js'
import type { Guard } from '../guard.js'
import { outOfReach } from '../out-of-reach.js'
import { misbehaved } from '../transcript.js'
import { compare } from './compare.js'
import { extentOf, render } from './message.js'
import { endsItself, executed, judge, judgeLimit, numberOf } from './oracle.js'
import { play, type Stage, type Transcript } from './play.js'
import type { Script } from './script.js'

interface Way {
  readonly name: string
  readonly stage: Omit<Stage, 'guard'>
  judge(script: Script, bare: Transcript, ours: Transcript, shorter: Shorter): Promise<string | undefined>
}

/** What a bare server says where the client stops behind that many bytes. */
type Shorter = (bytes: number) => Promise<Transcript>

function waysFor({ requests, steps }: Script): Way[] {
  const limited = { ...outOfReach, maxRequestsPerConnection: requests }
  const ways: Way[] = [
    {
      name: 'out of reach',
      stage: { options: outOfReach },
      judge: async (...args) => compare(...three(args)),
    },
    {
      name: 'a dry run',
      stage: { options: { ...limited, dryRun: true } },
      judge: async (...args) => compare(...three(args)),
    },
    {
      name: `a limit of ${requests}`,
      stage: { options: limited },
      judge: async (script, bare, ours, shorter) =>
        judgeLimit(script, requests, ours) ?? judgeAll(script, bare, ours, shorter),
    },
  ]
  if (!steps.some(({ kind }) => ['retire', 'drain', 'detach', 'update'].includes(kind))) return ways
  const steered = (name: string, options: ServerOptions): Way => ({
    name: `${name}, steered`,
    stage: { options, steered: true },
    judge: judgeAll,
  })
  return [...ways, steered('out of reach', outOfReach), steered(`a limit of ${requests}`, limited)]
}

function three(args: Parameters<Way['judge']>): [Script, Transcript, Transcript] {
  return [args[0], args[1], args[2]]
}

/**
 * What comes behind the marked response is dropped, so a bare server is asked as well what it says where that does not
 * come at all: an error in it can cost the answers before.
 */
async function judgeAll(
  script: Script,
  bare: Transcript,
  ours: Transcript,
  shorter: Shorter,
): Promise<string | undefined> {
  const never = misbehaved(bare, ours)
  if (never !== undefined) return never
  const found = judge(script, bare, ours)
  // Only a connection that is ended may leave something unanswered.
  if (found === undefined || !endsItself(script, ours)) return found
  const last = Math.max(-1, ...executed(ours).map(numberOf))
  for (const bytes of endsOf(script, last))
    if (judge(script, await shorter(bytes), ours) === undefined) return undefined
  return found
}

/** Where the request of this number can end: by its own words, or with a message. */
function endsOf({ steps }: Script, last: number): number[] {
  const texts = steps
    .filter((step) => step.kind === 'send')
    .map(({ message }, number) => render(message, number))
  const behind = (count: number): number => texts.slice(0, count).join('').length
  if (last < 0) return []
  const own = behind(last) + extentOf(texts.slice(last).join(''))
  return [own, ...texts.slice(last).map((_, further) => behind(last + 1 + further))]
}

/** How often a difference has to be seen in a row; where Node itself is not deterministic, it is not. */
const times = 3

export async function trial(script: Script, guard: Guard): Promise<Trial> {
  const unsteady: Fault[] = []
  const bare = await play(script, { guard })
  for (const way of waysFor(script)) {
    const first = await attempt(script, way, guard, bare)
    let fault = first
    for (let time = 1; time < times && fault !== undefined && !fault.what.startsWith('thrown'); time++)
      fault = await attempt(script, way, guard, await play(script, { guard }))
    if (fault !== undefined) return { fault, unsteady }
    if (first !== undefined) unsteady.push(first)
  }
  return { unsteady }
}

async function attempt(script: Script, way: Way, guard: Guard, bare: Transcript): Promise<Fault | undefined> {
  const ours = await play(script, { guard, ...way.stage })
  const shorter: Shorter = (bytes) => play(script, { guard, bytes })
  const what = await way.judge(script, bare, ours, shorter)
  return what === undefined ? undefined : { where: way.name, what, bare, ours }
}
