import { thousands } from './words.js'

/** How many, by error code. */
export type Failures = Readonly<Record<string, number>>

/** An error of a code of our own. */
export function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** By what a failure is counted. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : String(error)
}

/** Counts a failure by its error code. */
export function countFailure(failures: Record<string, number>, error: unknown): void {
  const code = codeOf(error)
  failures[code] = (failures[code] ?? 0) + 1
}

/** `3 x ECONNRESET, 1 x ETIMEDOUT`. */
export function codesOf(...failures: readonly Failures[]): string {
  const sums = new Map<string, number>()
  for (const [code, count] of failures.flatMap((codes) => Object.entries(codes))) {
    sums.set(code, (sums.get(code) ?? 0) + count)
  }
  return [...sums].map(([code, count]) => `${thousands(count)} x ${code}`).join(', ')
}
