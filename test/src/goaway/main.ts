// Many runs, for what shows itself seldom: node test/dist/goaway/main.js --runs 30 [--reason drain] [--client go]
import { parseArgs } from 'node:util'
import { noGo } from '../go.js'
import { BurstClient } from './burst-client.js'
import { GoClients } from './go-client.js'
import type { Client } from './phase.js'
import { isPlan, type PlanName, plans } from './plans.js'
import { run } from './run.js'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    requests: { type: 'string', default: '50' },
    reason: { type: 'string', multiple: true, default: Object.keys(plans) },
    client: { type: 'string', multiple: true, default: ['go', 'burst'] },
  },
})
const names = values.reason.filter(isPlan)
if (values.client.includes('go') && noGo !== false) throw new Error(noGo)
const go = values.client.includes('go') ? await GoClients.build() : undefined
const starts = new Map<string, () => Client>()
if (go !== undefined) starts.set('go', go.start)
if (values.client.includes('burst')) starts.set('burst', () => new BurstClient())

let isWell = names.length > 0 && starts.size > 0
for (const [client, start] of starts) for (const name of names) await repeat(client, name, start)
await go?.remove()
process.exitCode = isWell ? 0 : 1

async function repeat(client: string, name: PlanName, start: () => Client): Promise<void> {
  const sum = { runs: 0, dead: 0, sent: 0, failed: 0, executedTwice: 0, retired: 0 }
  const said = new Map<string, number>()
  const note = (what: string, times: number): unknown => said.set(what, (said.get(what) ?? 0) + times)
  while (sum.runs < Number(values.runs)) {
    const { sent, answered, failures, report, exit, errors } = await run(name, start, Number(values.requests))
    sum.runs++
    if (exit.code !== 0) {
      sum.dead++
      note(`${exit.signal ?? exit.code}: ${errors.trim().split('\n')[0]}`, 1)
      continue
    }
    sum.sent += sent
    sum.failed += sent - answered
    sum.executedTwice += report?.executedTwice ?? 0
    sum.retired += report?.retired[name] ?? 0
    for (const [failure, times] of Object.entries(failures)) note(failure, times)
  }
  isWell &&= sum.dead === 0 && sum.failed === 0 && sum.executedTwice === 0 && sum.retired > 0
  console.log(client, name, JSON.stringify(sum))
  for (const [what, times] of said) console.log(`  ${times} x ${what}`)
}
