import { paint } from './paint.js'

/** One finding, in a sentence. Whatever is not `good` fails the demo. */
export interface Finding {
  readonly good: boolean
  readonly sentence: string
  /** Why, or what to give instead, where the options or the machine were the cause. */
  readonly cure?: string
}

/** What came of a demo, as far as all of them have it. */
export interface Judged {
  readonly findings: readonly Finding[]
}

/** Whether a demo has shown what it is there to show. */
export function isGood({ findings }: Judged): boolean {
  return findings.every(({ good }) => good)
}

/** A finding as a line, and its cure below. */
export function renderFinding({ good, sentence, cure }: Finding): string {
  const said = good ? `${paint('green', '✔')} ${sentence}` : paint('red', `✘ ${sentence}`)
  return `${said}${cure === undefined ? '' : `\n  ${cure}`}`
}
