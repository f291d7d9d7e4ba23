import fc from 'fast-check'
import type { SharedStep } from '../step.js'
import { type Message, render } from './message.js'
import { messages } from './messages.js'

/** How the server is set up, besides Even Keel. */
export interface Settings {
  readonly upgrade: 'none' | 'echo' | 'refuse' | 'later'
  readonly connect: 'none' | 'echo' | 'refuse' | 'later'
  readonly checkContinue: 'none' | 'pass' | 'refuse' | 'later'
  readonly checkExpectation: 'none' | 'answer' | 'later'
  readonly clientError: 'none' | 'answer' | 'destroy'
  /** Node's `httpAllowHalfOpen`: a client's end is no reason to drop its requests. */
  readonly halfOpen: boolean
  readonly maxRequestsPerSocket: number
}

/** What happens next. */
export type Step =
  | {
      readonly kind: 'send'
      readonly message: Message
      /** In one write with what comes next. */
      readonly joined: boolean
      /** Where it is cut, as shares of the whole; the server reads each part by itself. */
      readonly cuts: readonly number[]
    }
  | SharedStep

export interface Script {
  readonly settings: Settings
  /** The limit under which it is played once more: `maxRequestsPerConnection`. */
  readonly requests: number
  readonly steps: readonly Step[]
}

const rarely = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const settings: fc.Arbitrary<Settings> = fc.record({
  upgrade: fc.constantFrom('none', 'echo', 'refuse', 'later'),
  connect: fc.constantFrom('none', 'echo', 'refuse', 'later'),
  checkContinue: rarely('none', 'pass', 'refuse', 'later'),
  checkExpectation: rarely('none', 'answer', 'later'),
  clientError: rarely('none', 'answer', 'destroy'),
  halfOpen: rarely(false, true),
  maxRequestsPerSocket: rarely(0, 1, 2, 3),
})

const send = fc.record({
  kind: fc.constant('send' as const),
  message: messages,
  joined: fc.boolean(),
  cuts: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
  ),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: send },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('release' as const), number: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('pause', 'resume', 'end', 'reset').map((kind) => ({ kind }) as Step),
  },
  { weight: 2, arbitrary: fc.constantFrom('retire', 'drain', 'detach').map((kind) => ({ kind }) as Step) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('update' as const), requests: fc.integer({ min: 1, max: 5 }) }),
  },
)

export const scripts: fc.Arbitrary<Script> = fc.record({
  settings,
  requests: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constant(1)),
  steps: fc.array(step, { minLength: 1, maxLength: 14, size: 'max' }),
})

/** The script for a reader: what is written, byte for byte, and what happens in between. */
export function show({ settings, requests, steps }: Script): string {
  let number = 0
  const lines = steps.map((step) => {
    if (step.kind === 'release') return `release ${step.number}`
    if (step.kind === 'update') return `update: maxRequestsPerConnection ${step.requests}`
    if (step.kind !== 'send') return step.kind
    const text = JSON.stringify(render(step.message, number++))
    const cuts = step.cuts.length > 0 ? ` cut at ${step.cuts.map((cut) => cut.toFixed(3)).join(', ')}` : ''
    return `send ${text}${cuts}${step.joined ? ' and at once' : ''}`
  })
  return [`server: ${JSON.stringify(settings)}`, `limit: ${requests}`, ...lines].join('\n')
}
