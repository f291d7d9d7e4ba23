import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { countFailure } from '@evenkeel/example-stage/failures'
import { begin, complete } from './exchange.js'
import type { Leak } from './messages.js'
import { hear, tell } from './parent.js'

const failures: Record<string, number> = {}
let opened = 0
let stopped = false
let workers: Promise<void>[] = []

hear((command) => {
  if (command.type === 'leak') {
    workers = Array.from({ length: command.workers }, () => work(command))
    void tell({ type: 'started' })
  }
  if (command.type === 'count') void tell({ type: 'leaked', opened, failures })
  if (command.type === 'stop') {
    stopped = true
    void Promise.all(workers).then(() => tell({ type: 'leaked', opened, failures }))
  }
})

async function work({ port, rate, workers }: Leak): Promise<void> {
  const interval = (1000 * workers) / rate
  await sleep(Math.random() * interval)
  while (!stopped) {
    const started = performance.now()
    try {
      await leak(port)
      opened += 1
    } catch (error) {
      countFailure(failures, error)
    }
    await sleep(Math.max(0, started + interval - performance.now()))
  }
}

/** The fault: an agent for every request keeps a connection for another request, which never comes. */
async function leak(port: number): Promise<void> {
  await complete(begin({ port, agent: new Agent({ keepAlive: true }) }))
}
