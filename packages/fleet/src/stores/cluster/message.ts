import type { FleetTotals, Report } from '@evenkeel/core'

/**
 * Every message is an object with this one key, so that no program takes it for one of its own. A version that says
 * other things gets another number.
 */
const key = '@evenkeel/fleet:1'

/** What a worker tells its primary, or asks of it. */
export type WorkerQuestion =
  | {
      readonly act: 'exchange'
      readonly group: string
      readonly member: string
      readonly report: Report
      readonly expiry: number
    }
  | { readonly act: 'leave'; readonly group: string; readonly member: string }
  | { readonly act: 'members'; readonly group: string }

/** What the primary answers: sums, or each member with its report. */
export type PrimaryAnswer = FleetTotals | readonly (readonly [string, Report])[]

/** An answer has the number of its question. */
export type Numbered<Content> = Content & { readonly id: string }

export type Envelope<Content> = { readonly [Key in typeof key]: Content }

export function enveloped<Content>(content: Content): Envelope<Content> {
  return { [key]: content }
}

/** What a message holds, if it is one of ours. */
export function contentOf<Content extends object>(message: unknown): Content | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const content = (message as Partial<Envelope<Content>>)[key]
  return typeof content === 'object' && content !== null ? content : undefined
}
