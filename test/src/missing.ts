import { spawnSync } from 'node:child_process'

const { CI } = process.env

/** Why tests with a program are left out, for a test's `skip`. In CI they never are, so that one without it fails. */
export function missing(program: string, ...version: string[]): string | false {
  return CI === undefined && spawnSync(program, version).error !== undefined
    ? `no ${program} was found: install it`
    : false
}
