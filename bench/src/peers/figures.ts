import { quantile } from '../statistics.js'
import type { Traffic } from './clients.js'
import { sum } from './counts.js'
import { type ProcessorTimes, usedBetween } from './processor.js'

/** What can be read at any moment. */
export interface Reading {
  /** In milliseconds. */
  readonly at: number
  readonly processor: ProcessorTimes
  readonly traffic: Traffic
}

/** How requests and connections were spread. */
export interface Balance {
  /** The requests of the server that had the most, over the mean of all. */
  readonly hottest: number
  readonly byServer: readonly number[]
  readonly requestsPerSecond: number
  readonly reconnectsPerSecond: number
}

/** In milliseconds. */
export interface Latency {
  readonly p50: number
  readonly p99: number
}

/** In microseconds. */
export function cpuPerRequest(before: Reading, after: Reading): number {
  const requests = sum(after.traffic.byServer) - sum(before.traffic.byServer)
  return usedBetween(before.processor, after.processor) / requests
}

/** @param servers how many there are, whether they were asked or not. */
export function balanceBetween(before: Reading, after: Reading, servers: number): Balance {
  const seconds = (after.at - before.at) / 1_000
  const byServer = Array.from(
    { length: servers },
    (_, i) => (after.traffic.byServer[i + 1] ?? 0) - (before.traffic.byServer[i + 1] ?? 0),
  )
  const requests = byServer.reduce((total, each) => total + each, 0)
  return {
    hottest: Math.max(...byServer) / (requests / servers),
    byServer,
    requestsPerSecond: requests / seconds,
    reconnectsPerSecond: (after.traffic.opened - before.traffic.opened) / seconds,
  }
}

export function latencyOf(latencies: readonly number[]): Latency {
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
}
