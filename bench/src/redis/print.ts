import { printSheet, type Sheet } from '../print.js'
import type { RedisResult } from '../redis.js'

/** One line for each size of a fleet. */
export function redisSheet(results: readonly RedisResult[]): Sheet {
  return {
    head: ['members', 'calls', 'CPU of Redis', 'CPU per call', 'unpaced', 'CPU per call'],
    alignment: 'rrrrrr',
    rows: results.map(({ members, paced, unpaced }) => [
      `${members}`,
      `${paced.callsPerSecond.toFixed(0)} / s`,
      `${(paced.share * 100).toFixed(2)} %`,
      `${paced.cpuPerCall.toFixed(0)} µs`,
      `${unpaced.callsPerSecond.toFixed(0)} / s`,
      `${unpaced.cpuPerCall.toFixed(0)} µs`,
    ]),
  }
}

export function printRedis(results: readonly RedisResult[]): void {
  if (results.length > 0) printSheet(redisSheet(results))
  else console.log('no Redis was found: install it, or say where redis-server is with REDIS_SERVER')
}
