import { type Command, Option } from 'commander'
import { count, duration, url } from '../command/arguments.js'
import { newCommand, run } from '../command/new-command.js'
import { parseBy } from './names/by.js'
import { addresses, header } from './parse.js'

/** Adds `evenkeel spread`. */
export function addSpread(program: Command): void {
  newCommand(program, 'spread', {
    summary: 'How does the balancer spread connections over the servers?',
    examples: [
      'evenkeel spread http://shop.example/health',
      'evenkeel spread http://shop.example/ --by header:x-served-by',
      'evenkeel spread http://127.0.0.1:8080/ --from 127.0.0.2,127.0.0.3,127.0.0.4,127.0.0.5',
      'evenkeel spread http://shop.example/ --watch --for 5m',
    ],
  })
    .argument('<url>', 'what to ask with GET', url)
    .option('--connections <count>', 'how many to open in all', count({ min: 2, max: 10_000 }), 100)
    .option('--requests <count>', 'how many to send on each', count({ max: 10_000 }), 20)
    .addOption(
      new Option(
        '--by <name>',
        'what names a server: header:NAME, cookie:NAME, body:PATH of a JSON field, or body:/EXPRESSION/',
      )
        .argParser(parseBy)
        .default(undefined, 'found by itself'),
    )
    .option('--from <addresses>', 'local addresses to connect from, with commas between', addresses)
    .option('--header <line>', 'a header for every request, "name: value"; may be repeated', header)
    .addOption(time('--timeout <time>', 'how long to wait for an answer', 600_000).default(10_000, '10s'))
    .option('--insecure', 'take any certificate')
    .option('--watch', 'keep the connections open afterwards, and see how long a new server waits')
    .addOption(time('--for <time>', 'how long to watch', 86_400_000, 1_000).default(60_000, '1m'))
    .action(run(async () => (await import('./spread.js')).spread))
}

function time(flags: string, description: string, max: number, min: number = 1): Option {
  return new Option(flags, description).argParser(duration({ min, max }))
}
