import type { Command } from 'commander'
import { newCommand, run } from '../command/new-command.js'
import { addFlags } from './flags.js'

/** Adds `plan` to the program. */
export function plan(program: Command): void {
  const command = newCommand(program, 'plan', {
    summary:
      'Which limits even the load when servers are added, and what do they cost? Simulated, nothing is sent.',
    examples: [
      'evenkeel plan --servers 10 --to 20 --connections 2000 --rate 5000',
      'evenkeel plan --servers 10 --to 20 --connections 2000 --rate 5000 --skew 1 --handshake 1.5ms --within 30s',
      'evenkeel plan --servers 4 --connections 400 --clients 50 --rate 900 --max-requests 50,100 --max-age 1m',
      'evenkeel plan --from http://10.0.0.1:9464/metrics --servers 10 --to 12',
    ],
  })
  addFlags(command).action(run(async () => (await import('./compare.js')).compare))
}
