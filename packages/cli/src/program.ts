import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { exitCodes } from './command/exit-codes.js'
import { examplesText } from './command/new-command.js'
import { doctor } from './doctor/doctor.js'
import { plan } from './plan/plan.js'
import { addSpread } from './spread/command.js'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

const examples = [
  'evenkeel spread http://shop.example/health',
  'evenkeel doctor https://shop.example/health --for 6m',
  'evenkeel plan --servers 10 --to 20 --connections 2000 --rate 5000',
]

/** The command `evenkeel`, with each of its commands. */
export function createProgram(): Command {
  const program = new Command('evenkeel')
    .description('What a server, and the balancer in front of it, do with long-lived connections.')
    .version(version)
    .addHelpText('after', examplesText(examples))
    .addHelpText('after', 'evenkeel COMMAND --help tells the options of a command, with more examples.')
    .showHelpAfterError('Run it with --help for the options and examples.')
    // Every command made below inherits this: a wrong argument exits with 2, not with 1.
    .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.fine : exitCodes.couldNotRun))
  doctor(program)
  addSpread(program)
  plan(program)
  return program
}
