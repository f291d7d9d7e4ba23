import type { Command } from 'commander'
import { url } from '../command/arguments.js'
import { newCommand, run } from '../command/new-command.js'
import { addFlags } from './flags.js'

/** Adds `doctor` to the program. */
export function doctor(program: Command): void {
  const command = newCommand(program, 'doctor', {
    summary: 'What does this server do with connections?',
    examples: [
      'evenkeel doctor http://127.0.0.1:8080/',
      'evenkeel doctor https://shop.example/health --for 6m --behind aws-alb',
      'evenkeel doctor http://127.0.0.1:8080/ --idle 10s --for 10s --requests 500 --json',
    ],
  }).argument('<url>', 'a path that answers quickly and changes nothing', url)
  addFlags(command).action(run(async () => (await import('./diagnose.js')).diagnose))
}
