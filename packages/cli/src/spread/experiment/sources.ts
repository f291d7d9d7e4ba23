import { Random } from '../../simulation/random.js'
import { shuffled } from '../judge/shuffled.js'

/**
 * The local address of each connection: all equally often, in an order that has nothing to do with a balancer's. With two
 * addresses in turns, two servers in turns would look chosen by address.
 */
export function* sources(from: readonly string[]): Generator<string, never> {
  const random = new Random(2)
  while (true) {
    if (from.length === 0) yield ''
    yield* shuffled(from, random)
  }
}
