import { dirname, resolve } from 'node:path'
import { type Fleet, OptionError } from '@evenkeel/core'

/** Opens the fleet at an address: `fleetAt` of `@evenkeel/fleet`. */
export type OpenFleet = (address: string, options: object) => Fleet

const name = '@evenkeel/fleet'

/**
 * Loads `@evenkeel/fleet`, which this package does not depend on, from where the program finds it. At once, because
 * what is loaded by `--require` cannot wait.
 *
 * @throws {@link OptionError} where it is not installed.
 */
export function loadFleet(): OpenFleet {
  // The program itself, its folder when it was started by another, and beside this package.
  const paths = [dirname(resolve(process.argv[1] ?? 'program')), process.cwd(), __dirname]
  let file: string
  try {
    file = require.resolve(name, { paths })
  } catch {
    throw new OptionError(
      'ERR_EVENKEEL_OPTION_INVALID',
      'EVENKEEL_FLEET',
      undefined,
      `EVENKEEL_FLEET is set, and ${name} is not installed`,
      `run npm install ${name}, or unset EVENKEEL_FLEET`,
    )
  }
  return (require(file) as { fleetAt: OpenFleet }).fleetAt
}
