import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { countFailure } from '@evenkeel/example-stage/failures'
import { begin, complete } from './exchange.js'
import type { Drive, Traffic } from './messages.js'
import { hear, tell } from './parent.js'

const postShare = 0.25
const body = 'x'.repeat(1024)

const keptFailures: Record<string, number> = {}
const freshFailures: Record<string, number> = {}
let served = 0
let fresh = 0
let reopened = 0
let stopped = false
const inFlight = new Set<Promise<void>>()

hear((command) => {
  if (command.type === 'drive') {
    command.addresses.forEach((localAddress, client) => {
      void keep(command, localAddress, client % 2 === 0 ? command.interval : command.quietInterval)
      void refresh(command, localAddress)
    })
    void tell({ type: 'started' })
  }
  if (command.type === 'count') void tell({ type: 'traffic', ...traffic() })
  if (command.type === 'stop') {
    stopped = true
    void Promise.all(inFlight).then(() => tell({ type: 'traffic', ...traffic() }))
  }
})

/** A client sends its requests over one connection that it keeps. */
async function keep({ port }: Drive, localAddress: string, interval: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let opened = 0
  await repeatedly(interval, async () => {
    const content = Math.random() < postShare ? body : ''
    const request = begin({ port, localAddress, agent }, content)
    await track(complete(request, content), keptFailures)
    if (request.reusedSocket) return
    opened += 1
    if (opened > 1) reopened += 1
  })
}

/** Now and then a client needs one more connection: its pool grows, or it has just been deployed. */
async function refresh({ port, freshInterval }: Drive, localAddress: string): Promise<void> {
  await repeatedly(freshInterval, async () => {
    fresh += 1
    await track(complete(begin({ port, localAddress, agent: false })), freshFailures)
  })
}

/** The first time at once or within an interval, and from start to start, so that a slow machine changes little. */
async function repeatedly(interval: number, act: () => Promise<void>): Promise<void> {
  await sleep(Math.random() * interval)
  while (!stopped) {
    const started = performance.now()
    await act()
    const next = started + interval * (0.5 + Math.random())
    await sleep(Math.max(0, next - performance.now()))
  }
}

async function track(exchange: Promise<void>, failures: Record<string, number>): Promise<void> {
  const counted = exchange.then(
    () => {
      served += 1
    },
    (error: unknown) => countFailure(failures, error),
  )
  inFlight.add(counted)
  await counted
  inFlight.delete(counted)
}

function traffic(): Traffic {
  return { served, keptFailures, fresh, freshFailures, reopened }
}
