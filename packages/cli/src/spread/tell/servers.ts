import type { Server } from '../judge/verdict.js'
import { type By, writeBy } from '../names/by.js'
import type { Plan } from '../plan.js'
import type { Finding } from './finding.js'
import { list, shown } from './words.js'

export function tellServers(servers: readonly Server[], by: By, { from }: Plan): Finding {
  const names = servers.map(({ name }) => shown(name))
  const seen = `${servers.length} by ${writeBy(by)}: ${list(names)}`
  if (servers.length > 1) return { check: 'servers', level: 'fine', seen, verdict: 'each took connections' }
  const verdict = 'there is one, or the client’s address decides'
  if (from.length > 1) return { check: 'servers', level: 'note', seen, verdict }
  return {
    ...{ check: 'servers', level: 'note', seen, verdict },
    cure: '--from with several addresses of this machine tells',
  }
}
