import { freePort } from '@evenkeel/test-kit/free-port'

/** Where a program listens that cannot choose a port by itself. */
export interface Place {
  readonly host: string
  readonly port: number
}

let places = 0

/**
 * A place that no other test takes meanwhile: on Linux each has an address of its own, by process and count. A free
 * port of one address may be taken before the program listens.
 */
export async function ownPlace(): Promise<Place> {
  const own = `127.${(process.pid >> 8) & 255}.${process.pid & 255}.${2 + (places++ % 250)}`
  return { host: process.platform === 'linux' ? own : '127.0.0.1', port: await freePort() }
}
