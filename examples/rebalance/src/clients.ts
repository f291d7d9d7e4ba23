import { once } from 'node:events'
import { Agent, type IncomingMessage, request as send } from 'node:http'
import { createHistogram } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Drive, Traffic } from './messages.js'
import { hear, tell } from './parent.js'

const postShare = 0.25
const body = 'x'.repeat(1024)
const requestTimeout = 10_000

const latencies = createHistogram()
const failures: Record<string, number> = {}
let requests = 0
let stopped = false
let clients: Promise<void>[] = []

hear((command) => {
  if (command.type === 'drive') {
    clients = Array.from({ length: command.connections }, () => drive(command))
    tell({ type: 'driving' })
  }
  if (command.type === 'measure') {
    latencies.reset()
    tell({ type: 'measuring' })
  }
  if (command.type === 'stop') {
    stopped = true
    void Promise.all(clients).then(() => tell({ type: 'stopped', ...traffic() }))
  }
})

/** One client: one keep-alive connection at a time, one request at a time. */
async function drive({ port, pace }: Drive): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const interval = 1000 / pace
  await sleep(Math.random() * interval)
  while (!stopped) {
    const started = performance.now()
    requests += 1
    try {
      await exchange(agent, port)
      latencies.record(Math.max(1, Math.round((performance.now() - started) * 1000)))
    } catch (error) {
      const code = codeOf(error)
      failures[code] = (failures[code] ?? 0) + 1
    }
    // From the start of the request, so that a slow machine does not change how many requests there are.
    const next = started + interval * (0.5 + Math.random())
    await sleep(Math.max(0, next - performance.now()))
  }
  agent.destroy()
}

/** One request, never sent again: an error, another status or an incomplete answer is a failure. */
async function exchange(agent: Agent, port: number): Promise<void> {
  const content = Math.random() < postShare ? body : ''
  const method = content === '' ? 'GET' : 'POST'
  const request = send({ host: '127.0.0.1', port, agent, method })
  request.setTimeout(requestTimeout, () => request.destroy(failure('ETIMEDOUT')))
  // What breaks after the response has begun arrives there too.
  request.on('error', () => {})
  request.end(content)
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (response === undefined) throw failure('no response')
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  if (response.statusCode !== 200) throw failure(`status ${response.statusCode}`)
  if (text !== `received ${content.length} bytes`) throw failure('wrong answer')
}

function traffic(): Traffic {
  const milliseconds = (percentile: number): number =>
    latencies.count === 0 ? 0 : latencies.percentile(percentile) / 1000
  return { requests, failures, latency: { p50: milliseconds(50), p99: milliseconds(99) } }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : String(error)
}
