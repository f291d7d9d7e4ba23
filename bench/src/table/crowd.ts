import { Child } from '../child.js'
import type { ClientAnswers } from './client.js'
import type { Serving, TableServerAnswers } from './server.js'

/** From how many addresses connections come where nothing else is said: as if from so many machines. */
export const usualAddresses = 64

/** A server in a process of its own, and another process that holds the other ends of its connections. */
export interface Crowd {
  readonly server: Child<TableServerAnswers>
  readonly client: Child<ClientAnswers>
  readonly port: number
}

/** Starts both, lets them work, and ends them. */
export async function withCrowd<Result>(
  serving: Serving,
  work: (crowd: Crowd) => Promise<Result>,
): Promise<Result> {
  const server = new Child<TableServerAnswers>(new URL('./server.js', import.meta.url), [], ['--expose-gc'])
  const client = new Child<ClientAnswers>(new URL('./client.js', import.meta.url))
  const port = await server.ask('start', serving)
  const result = await work({ server, client, port })
  await Promise.all([server.stop(), client.stop()])
  return result
}
