import { type AddressInfo, createServer } from 'node:net'
import { hear, tell } from './parent.js'
import { Target } from './target.js'

let targets: readonly Target[] = []
let opened = 0
/** Somebody waits until every server that is not leaving is ready. */
let waiting = false

const balancer = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  opened += 1
  const target = choose()
  if (target === undefined) client.resetAndDestroy()
  else target.serve(client)
})

/** At random, among the servers that are ready. */
function choose(): Target | undefined {
  const ready = targets.filter(({ readiness }) => readiness.ready)
  return ready[Math.floor(Math.random() * ready.length)]
}

function balance(ports: readonly number[]): void {
  const present = new Map(targets.map((target) => [target.port, target]))
  targets = ports.map((port) => present.get(port) ?? new Target(port, tellWhenReady))
  for (const target of present.values()) if (!targets.includes(target)) target.readiness.stop()
  waiting = true
  tellWhenReady()
}

function tellWhenReady(): void {
  if (!waiting || !targets.every(({ isLeaving, readiness }) => isLeaving || readiness.ready)) return
  waiting = false
  void tell({ type: 'balancing' })
}

hear((command) => {
  const target = 'port' in command ? targets.find(({ port }) => port === command.port) : undefined
  if (command.type === 'balance') balance(command.ports)
  if (command.type === 'count') void tell({ type: 'counted', count: opened, failed: 0 })
  if (command.type === 'leave') {
    target?.leave()
    void tell({ type: 'leaving' })
  }
  if (command.type === 'departures' && target !== undefined) {
    void target.departures().then((departures) => tell({ type: 'departed', ...departures }))
  }
})

balancer.listen(0, '127.0.0.1', () => {
  void tell({ type: 'listening', port: (balancer.address() as AddressInfo).port })
})
