import { type Connection, createCounter, type Environment, parseOptions, Tracker } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { answer } from '../child.js'
import { settledMemory } from './settled-memory.js'

/** What one of many connections comes to in the table alone. */
export interface AtOnce {
  /** Bytes. */
  readonly memory: number
  /** Nanoseconds. */
  readonly open: number
  readonly close: number
}

/** What the process that simulates connections can be asked. */
export type SimulationAnswers = {
  /** Opens so many, and closes them in another order. */
  atOnce(connections: number): Promise<AtOnce>
  /** Opens and closes so many, each with a request, of which only so many are open at any moment; then the heap. */
  tracker(connections: number, open: number): Promise<number>
  /** The same with a plain counter. */
  counter(connections: number, open: number): Promise<number>
}

/** Prime to every round number: steps so wide visit everything, and no neighbours one after another. */
const stride = 7_919

const addresses: readonly string[] = Array.from({ length: 250 }, (_, i) => `10.0.0.${i + 1}`)

const clock = new FakeClock()
const environment: Environment = { clock, random: Math.random }

const counter = createCounter({ ...environment, capacity: Infinity })
const tracker = newTracker()

answer({
  atOnce: async (connections) => {
    const records = new Array<Connection>(connections)
    const table = newTracker()
    const { heap } = await settledMemory()
    const open = nanoseconds(connections, (i) => {
      records[i] = table.open(addressOf(i), i, undefined, clock.advance(1))
    })
    const memory = ((await settledMemory()).heap - heap) / connections
    const close = nanoseconds(connections, (i) => {
      table.close(records[(i * stride) % connections] as Connection, 'client', clock.advance(1))
    })
    return { memory, open, close }
  },
  tracker: (connections, open) =>
    turnOver(
      connections,
      open,
      (i) => {
        const connection = tracker.open(addressOf(i), i, undefined, clock.advance(1))
        tracker.count(connection)
        tracker.begin(connection)
        tracker.finish(connection, clock.now())
        return connection
      },
      (connection) => tracker.close(connection, 'client', clock.now()),
    ),
  counter: (connections, open) =>
    turnOver(
      connections,
      open,
      (i) => {
        const key = `${addressOf(i)}:${i}`
        clock.advance(1)
        counter.hit(key)
        return key
      },
      (key) => counter.close(key),
    ),
} satisfies SimulationAnswers)

/** The heap once all of them are closed. */
async function turnOver<Opened>(
  connections: number,
  open: number,
  begin: (index: number) => Opened,
  end: (opened: Opened) => void,
): Promise<number> {
  const opened: Opened[] = []
  for (let i = 0; i < connections; i++) {
    if (i >= open) end(opened[i % open] as Opened)
    opened[i % open] = begin(i)
  }
  for (const last of opened.splice(0)) end(last)
  return (await settledMemory()).heap
}

function addressOf(index: number): string {
  return addresses[index % addresses.length] as string
}

function newTracker(): Tracker {
  const tracker = new Tracker(parseOptions({}, environment), { report: () => {} })
  tracker.table.fair = true
  return tracker
}

function nanoseconds(times: number, task: (index: number) => void): number {
  const start = performance.now()
  for (let i = 0; i < times; i++) task(i)
  return ((performance.now() - start) / times) * 1e6
}
