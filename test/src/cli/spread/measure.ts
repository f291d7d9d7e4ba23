// How often the command is right, each time with so many servers, for balancers with all of the words in their names:
//   node test/dist/cli/spread/measure.js --runs 20 --servers 2,3,4,5 --requests 20 nginx stream

import { parseArgs } from 'node:util'
import { evenkeel, type Ran } from '../evenkeel.js'
import { type Expected, expectations, type Result } from './expected.js'
import { behindNat } from './nat.js'
import { listen, local } from './servers.js'

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    servers: { type: 'string', default: '2,3,4,5' },
    requests: { type: 'string', default: '20' },
  },
  allowPositionals: true,
})
const runs = Number(values.runs)
const common = ['--json', '--requests', values.requests]
const nat = {
  balancer: { name: 'kernel NAT, random' },
  reach: 'one',
  choices: ['random'],
  parameters: [],
} as const

async function through(
  { balancer, parameters = [] }: Expected,
  servers: number,
  use: (run: () => Promise<Ran>) => Promise<void>,
): Promise<void> {
  const { ports, end } = await listen(local(servers))
  const running = await balancer.start(ports)
  await use(() => evenkeel('spread', running.url, ...common, ...parameters))
  await running.end()
  await end()
}

async function measure(
  { balancer, reach, choices }: Pick<Expected, 'reach' | 'choices'> & { balancer: { name: string } },
  servers: number,
  run: () => Promise<Ran>,
): Promise<void> {
  const said = new Map<string, number>()
  let right = 0
  for (let each = 0; each < runs; each++) {
    const ran = await run()
    const result = ran.json<Result>()
    const word = `${result.servers?.length} servers, ${result.reach}, ${result.choice?.choice}`
    said.set(word, (said.get(word) ?? 0) + 1)
    const isRight = result.reach === reach && choices.includes(result.choice?.choice ?? '')
    if (isRight && result.servers.length === servers) right++
  }
  const words = [...said].map(([word, count]) => `${count} x ${word}`).join('; ')
  console.log(`${balancer.name}; ${servers} servers: right ${right} of ${runs} (${words})`)
}

const isChosen = ({ balancer }: { balancer: { name: string } }): boolean =>
  positionals.every((word) => balancer.name.includes(word))
for (const servers of values.servers.split(',').map(Number)) {
  for (const expected of expectations.filter(isChosen))
    await through(expected, servers, (run) => measure(expected, servers, run))
  if (isChosen(nat)) await measure(nat, servers, () => behindNat(servers, common))
}
