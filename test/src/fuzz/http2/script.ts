import fc from 'fast-check'
import type { SharedStep } from '../step.js'
import { Client } from './client.js'
import type { Piece } from './piece.js'
import { isCareful, pieces, seldom, settingsList } from './pieces.js'
import { framesOf, show as showFrame } from './received.js'

/** How the server is set up, besides Even Keel. */
export interface Settings {
  readonly api: 'core' | 'compat'
  readonly maxConcurrentStreams: number
  readonly initialWindowSize: number
}

/** What happens next. */
export type Step = Action & {
  /** Nobody waits until all is done, but only that many turns of the event loop. */
  readonly hasty?: number | undefined
}

type Action =
  | {
      readonly kind: 'send'
      readonly pieces: readonly Piece[]
      /** Where it is cut, as shares of the whole; the server reads each part by itself. */
      readonly cuts: readonly number[]
    }
  | SharedStep
  /** Even Keel's time goes on, by so many milliseconds. */
  | { readonly kind: 'advance'; readonly by: number }

export interface Script {
  readonly settings: Settings
  /** The client's first ones. */
  readonly first: readonly (readonly [number, number])[]
  readonly acknowledges: boolean
  /** The limit under which it is played once more: `maxRequestsPerConnection`. */
  readonly requests: number
  readonly steps: readonly Step[]
}

const settings: fc.Arbitrary<Settings> = fc.record({
  api: fc.constantFrom('core', 'core', 'compat'),
  maxConcurrentStreams: fc.constantFrom(100, 100, 100, 2),
  initialWindowSize: fc.constantFrom(65_535, 65_535, 10, 100_000),
})

const send = fc.record({
  kind: fc.constant('send' as const),
  pieces: fc.array(pieces, { minLength: 1, maxLength: 6 }),
  cuts: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
  ),
})

const just = (...kinds: ('pause' | 'resume' | 'end' | 'reset' | 'retire' | 'drain' | 'detach')[]) =>
  fc.constantFrom(...kinds).map((kind): Action => ({ kind }))

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 24, arbitrary: send },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('release' as const), number: fc.nat(7) }) },
  { weight: 2, arbitrary: just('pause', 'resume') },
  { weight: 1, arbitrary: just('end', 'reset') },
  { weight: 3, arbitrary: just('retire', 'retire', 'drain', 'detach') },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('update' as const), requests: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('advance' as const), by: fc.constantFrom(10, 300, 1_100) }),
  },
)

const step: fc.Arbitrary<Step> = fc
  .record({ action, hasty: seldom(fc.nat(3), 3) })
  .map(({ action, hasty }) => (hasty === undefined ? action : { ...action, hasty }))

export const scripts: fc.Arbitrary<Script> = fc.record({
  settings,
  first: settingsList,
  acknowledges: fc.boolean(),
  requests: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constant(1)),
  steps: fc.array(step, { minLength: 1, maxLength: 12, size: 'max' }),
})

/** The script for a reader: the frames that are written, and what happens in between. */
export function show({ settings, first, acknowledges, requests, steps }: Script): string {
  const client = new Client(isCareful)
  const lines = steps.map((step) => {
    const hasty = step.hasty === undefined ? '' : `, and ${step.hasty} turns later`
    if (step.kind === 'release') return `release ${step.number}${hasty}`
    if (step.kind === 'update') return `update: maxRequestsPerConnection ${step.requests}${hasty}`
    if (step.kind === 'advance') return `advance by ${step.by} ms${hasty}`
    if (step.kind !== 'send') return `${step.kind}${hasty}`
    const cuts = step.cuts.length > 0 ? `, cut at ${step.cuts.map((cut) => cut.toFixed(3)).join(', ')}` : ''
    const frames = step.pieces.map((piece) => {
      const what = piece.kind === 'request' ? `${piece.method} /${piece.act}: ` : ''
      return `  ${what}${framesOf(client.render(piece)).map(showFrame).join('; ')}`
    })
    return [`send${cuts}${hasty}`, ...frames].join('\n')
  })
  const preface = `preface, settings ${JSON.stringify(first)}${acknowledges ? ', acknowledge' : ''}`
  return [`server: ${JSON.stringify(settings)}`, `limit: ${requests}`, preface, ...lines].join('\n')
}

export function isReset({ steps }: Script): boolean {
  return steps.some(({ kind }) => kind === 'reset')
}

/** The client resets the connection, or the application destroys the session: what has left until then is a matter of time. */
export function isAbrupt(script: Script): boolean {
  const pieces = script.steps.flatMap((step) => (step.kind === 'send' ? step.pieces : []))
  return (
    isReset(script) ||
    pieces.some((piece) => piece.kind === 'request' && piece.act.startsWith('session-destroy'))
  )
}

/** The client goes away before the end of the script. */
export function isLeft({ steps }: Script): boolean {
  return steps.some(({ kind }) => kind === 'end' || kind === 'reset')
}
