import { type Channel, channel } from 'node:diagnostics_channel'
import type { Event, Outlet } from '@evenkeel/core'
import type { HttpServer } from '../options/options.js'

/** What a subscriber to one of Even Keel's channels gets: an event, and the server that it happened on. */
export type Message<Told extends Event = Event> = Told & { readonly server: HttpServer }

/**
 * The channels of `node:diagnostics_channel` on which every server's events are published, for those who have no keel at
 * hand (an APM agent, a test, `@evenkeel/node/auto`).
 */
export const channelNames: { readonly [Type in Event['type']]: string } = {
  open: 'evenkeel:connection:open',
  retire: 'evenkeel:connection:retire',
  evict: 'evenkeel:connection:evict',
  'idle-close': 'evenkeel:connection:idle-close',
  destroy: 'evenkeel:connection:destroy',
  late: 'evenkeel:connection:late',
  close: 'evenkeel:connection:close',
  refuse: 'evenkeel:connection:refuse',
  drain: 'evenkeel:server:drain',
  drained: 'evenkeel:server:drained',
  update: 'evenkeel:server:update',
  fleet: 'evenkeel:server:fleet',
}

/**
 * These references stay, because Node forgets a channel that nobody holds. Some versions forget its subscribers too.
 */
const channels = Object.fromEntries(
  Object.entries(channelNames).map(([type, name]) => [type, channel(name)]),
) as Record<Event['type'], Channel>

/** Publishes the events of one server. */
export function publishFor(server: HttpServer): Outlet {
  return {
    wants: (type) => channels[type].hasSubscribers,
    tell: (event) => channels[event.type].publish(Object.freeze({ ...event, server })),
  }
}
