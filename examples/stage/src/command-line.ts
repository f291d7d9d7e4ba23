import { Command, InvalidArgumentError } from 'commander'

const badUsage = 2

/** The command line of a demo, which ends the process: with code 0 for `--help`, with 2 where it cannot be used. */
export function commandLine(description: string): Command {
  return new Command('demo')
    .description(description)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : badUsage))
}

/** Reads an option that is a whole number; throws what to give instead of anything else. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
  }
}

/** Reads an option that something throws for if it cannot be used. */
export function checkedBy(check: (value: string) => unknown): (value: string) => string {
  return (value) => {
    try {
      check(value)
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
    }
    return value
  }
}
