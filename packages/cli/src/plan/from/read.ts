import { setTimeout as sleep } from 'node:timers/promises'
import { CouldNotRun } from '../../command/could-not-run.js'
import { nameOf, type Scrape, scrape } from './scrape.js'

/** What metrics can tell a plan, of one server on average. */
export interface FromMetrics {
  readonly connections: number
  /** Requests, and connections opened, per second. */
  readonly rate: number
  readonly opened: number
  /** How many servers there are: where they are in a fleet, or several were read. */
  readonly servers: number | undefined
}

/** Where to read, under which names, and how far apart the two looks are that a rate takes, in milliseconds. */
export interface Reading {
  readonly urls: readonly URL[]
  readonly prefix: string
  readonly over: number
}

/** Reads each server twice. @throws {CouldNotRun} where one of them cannot be read. */
export async function readServers(
  { urls, prefix, over }: Reading,
  signal: AbortSignal,
): Promise<FromMetrics> {
  const look = (): Promise<Scrape[]> => Promise.all(urls.map((url) => scrape(url, prefix, signal)))
  const before = await look()
  await sleep(over, undefined, { signal })
  const after = await look()
  const servers = after.map((now, place) => {
    const then = before[place] ?? now
    if (now.requests < then.requests || now.opened < then.opened) {
      throw new CouldNotRun(
        `--from ${urls.slice(place, place + 1).map(nameOf)} has begun to count anew`,
        'run it again when the server stays up',
      )
    }
    const seconds = (now.at - then.at) / 1_000
    return {
      connections: now.connections,
      rate: (now.requests - then.requests) / seconds,
      opened: (now.opened - then.opened) / seconds,
      members: now.members,
    }
  })
  const mean = (pick: (server: (typeof servers)[number]) => number): number =>
    servers.reduce((sum, server) => sum + pick(server), 0) / servers.length
  const members = Math.max(0, ...servers.map((server) => server.members ?? 0))
  return {
    connections: mean(({ connections }) => connections),
    rate: mean(({ rate }) => rate),
    opened: mean(({ opened }) => opened),
    servers: members > 0 ? members : servers.length > 1 ? servers.length : undefined,
  }
}
