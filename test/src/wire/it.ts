import { it as test } from 'node:test'

/** A lost answer shows as a test that hangs: it fails then, and the others go on. Milliseconds. */
const timeout = 30_000

type Run = () => Promise<void>

interface Options {
  readonly skip?: string | boolean
  readonly todo?: string
}

export function it(name: string, ...rest: [Run] | [Options, Run]): void {
  const [options, run] = rest.length === 1 ? [{}, rest[0]] : rest
  test(name, { timeout, ...options }, run)
}
