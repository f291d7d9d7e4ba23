import { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { countFailure } from '@evenkeel/example-stage/failures'
import { exchange } from './exchange.js'
import { LatencyMeter } from './latency.js'
import type { Drive, Traffic } from './messages.js'
import { hear, tell } from './parent.js'
import { Sockets } from './sockets.js'

const latencies = new LatencyMeter()
const sockets = new Sockets()
const failures: Record<string, number> = {}
let requests = 0
let lastResponses = 0
let stopped = false
let clients: Promise<void>[] = []

hear((command) => {
  if (command.type === 'drive') {
    clients = Array.from({ length: command.connections }, () => drive(command))
    void tell({ type: 'driving' })
  }
  if (command.type === 'measure') {
    latencies.measure()
    void tell({ type: 'measuring' })
  }
  if (command.type === 'lap') void tell({ type: 'lapped', latency: latencies.lap() })
  if (command.type === 'stop') {
    stopped = true
    void Promise.all(clients).then(async () => {
      await sockets.closed()
      void tell({ type: 'stopped', ...traffic() })
    })
  }
})

/** One client: one keep-alive connection at a time, one request at a time. */
async function drive({ port, pace }: Drive): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const interval = 1000 / pace
  let socket: Socket | undefined
  const use = (used: Socket): void => {
    socket = used
    sockets.count(used)
  }
  await sleep(Math.random() * interval)
  for (let isLast = false; !isLast; ) {
    // It begins after the stop: a client whose connection was retired meanwhile is told by its answer.
    isLast = stopped
    const started = performance.now()
    requests += 1
    try {
      if (await exchange(agent, port, use)) {
        lastResponses += 1
        if (socket !== undefined) sockets.ended(socket)
      }
      latencies.record(performance.now() - started)
    } catch (error) {
      countFailure(failures, error)
    }
    // From the start of the request, so that a slow machine does not change how many requests there are.
    const next = started + interval * (0.5 + Math.random())
    if (!isLast) await sleep(Math.max(0, next - performance.now()))
  }
  agent.destroy()
}

function traffic(): Traffic {
  const { opened, lives } = sockets
  return { requests, opened, lastResponses, failures, latency: latencies.measured(), lives }
}
