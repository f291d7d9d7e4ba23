import { setMaxListeners } from 'node:events'
import type { Command } from 'commander'
import { CouldNotRun } from './could-not-run.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import { createOutput, type Output } from './output.js'

/** What a command has besides its own arguments. */
export interface Session {
  readonly output: Output
  /** Aborts with the first Ctrl-C: the command stops sending and says what is known by then. The second one kills it. */
  readonly signal: AbortSignal
}

export interface About {
  readonly summary: string
  /** Each is a line of the shell. */
  readonly examples: readonly string[]
}

/** Adds a command with what all commands share: `--json` and the examples behind `--help`. */
export function newCommand(program: Command, name: string, { summary, examples }: About): Command {
  return program
    .command(name)
    .description(summary)
    .option('--json', 'print the result as one JSON value')
    .addHelpText('after', examplesText(examples))
    .addHelpText('after', 'Exit code: 0 fine, 1 found something bad, 2 could not run.')
}

/** What `--help` shows behind the options. */
export function examplesText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((example) => `  ${example}\n`).join('')}`
}

/**
 * What commander's `action` takes: does the work of a command, and ends the process with what it returns.
 * The arguments are those of the command, then its flags.
 *
 * @param load loads what does the work: `--help`, a wrong argument and the other commands do without it.
 */
export function run<Arguments extends [...unknown[], object]>(
  load: () => Promise<(session: Session, ...args: Arguments) => Promise<ExitCode>>,
): (...given: [...Arguments, Command]) => Promise<void> {
  return async (...given) => {
    const args = given.slice(0, -1) as unknown as Arguments
    const { json = false } = args.at(-1) as { json?: boolean }
    const output = createOutput(json)
    const interrupt = new AbortController()
    // Every connection may listen.
    setMaxListeners(0, interrupt.signal)
    const onInterrupt = (): void => interrupt.abort()
    process.once('SIGINT', onInterrupt)
    try {
      const work = await load()
      process.exitCode = await work({ output, signal: interrupt.signal }, ...args)
    } catch (error) {
      tell(output, error)
      process.exitCode = exitCodes.couldNotRun
    } finally {
      output.progress(undefined)
      process.off('SIGINT', onInterrupt)
    }
  }
}

/** A fault of the user's is told in words; any other is ours, and is told with its stack. */
export function tell(output: Output, error: unknown): void {
  output.progress(undefined)
  if (!(error instanceof CouldNotRun)) {
    const message = error instanceof Error ? error.message : String(error)
    output.result({ error: { message, cure: 'this is a fault of evenkeel: please report it' } })
    console.error(error)
    return
  }
  output.result({ error: { message: error.message, cure: error.cure } })
  console.error(`evenkeel: ${error.message}: ${error.cure}`)
}
