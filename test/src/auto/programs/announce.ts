import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a program tells of its server, on one line, when it listens. */
export interface Announcement {
  readonly port: number
  /** Everything about the server that others can see: its settings, and how many listeners it has. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly listeners: Readonly<Record<string, number>>
}

export function announce(server: Server): void {
  const settings = Object.entries(server).filter(
    ([, value]) => typeof value !== 'object' && typeof value !== 'function',
  )
  const announcement: Announcement = {
    port: (server.address() as AddressInfo).port,
    settings: Object.fromEntries(settings),
    listeners: Object.fromEntries(
      server.eventNames().map((name) => [String(name), server.listenerCount(name)]),
    ),
  }
  console.log(JSON.stringify(announcement))
}
