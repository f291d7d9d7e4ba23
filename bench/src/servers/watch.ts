import type { Server } from 'node:http'
import { attach, channelNames, type Event } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'

/** How often the metrics are scraped, in milliseconds: fifteen times as often as Prometheus does by itself, or more. */
const interval = 1_000

/** Has everything that can be seen of an attached server looked at. */
export function watch(server: Server): void {
  const keel = attach(server)
  for (const type of Object.keys(channelNames) as Event['type'][]) keel.on(type, () => {})
  const register = collect(keel)
  setInterval(() => register.metrics(), interval).unref()
}
