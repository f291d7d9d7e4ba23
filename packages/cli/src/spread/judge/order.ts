import { Random } from '../../simulation/random.js'
import { significant } from './chance.js'
import { bestPeriod, hasPeriod, isRoundRobin } from './period.js'
import { shuffled } from './shuffled.js'

/**
 * In which order servers are chosen.
 *
 * - `round`: each in its turn, as often as its weight says
 * - `fixed`: another order that repeats itself
 * - `steadier`: none that repeats itself throughout, but more regular than chance makes it
 * - `chance`: what chance makes
 * - `runs`: the same server several times in a row
 */
export type Order = 'round' | 'fixed' | 'steadier' | 'chance' | 'runs'

export interface OrderFound {
  readonly order: Order
  /** How probable it is that chance makes an order as regular, or for `runs` as uneven, out of the same choices. */
  readonly probability: number
}

/** More choices show no more, and take long to shuffle. */
const most = 500

/** The fewest that can show that it was not by chance: that none of them is as regular. */
const shuffles = 3_999

/** After so many random ones that are as regular it is clear that chance makes such an order. */
const enough = 20

/**
 * Compares the order with random ones of the same choices (a permutation test), so unequal shares say nothing here.
 *
 * Two things are compared. How far each server strays from its share: several workers that each take turns keep near to
 * it, chance strays by the square root of the number. And how well the order repeats itself: that also sees workers of
 * which one does nearly all the work.
 */
export function judgeOrder(chosen: readonly string[]): OrderFound {
  const choices = chosen.slice(0, most)
  const servers = [...new Set(choices)]
  const places = choices.map((choice) => servers.indexOf(choice))
  const strayed = straying(places, servers.length)
  const period = bestPeriod(places)
  const random = new Random(1)
  let all = 1
  let evener = 1
  let unevener = 1
  let repeated = 1
  const isOpen = (): boolean => Math.min(evener, unevener, repeated) < enough
  for (; all <= shuffles && isOpen(); all++) {
    const mixed = shuffled(places, random)
    const byChance = straying(mixed, servers.length)
    if (byChance <= strayed) evener++
    if (byChance >= strayed) unevener++
    if (hasPeriod(mixed, period)) repeated++
  }
  const asUneven = unevener / all
  const asRegular = Math.min(evener, repeated) / all
  if (asUneven < significant) return { order: 'runs', probability: asUneven }
  if (asRegular >= significant) return { order: 'chance', probability: asRegular }
  return { order: orderOf(), probability: asRegular }

  function orderOf(): Order {
    // A few choices may be missing, because other clients came between.
    if (period.same < 0.9) return 'steadier'
    return isRoundRobin(period, places, servers.length) ? 'round' : 'fixed'
  }
}

/**
 * How much it varies how far each server is from its share of the choices so far: Watson's U², which does not mind where
 * a cycle begins, as Cramér and von Mises' statistic would.
 */
function straying(choices: readonly number[], servers: number): number {
  const shares = new Array<number>(servers).fill(0)
  for (const choice of choices) shares[choice] = (shares[choice] ?? 0) + 1 / choices.length
  let sum = 0
  for (let server = 0; server < servers; server++) {
    const share = shares[server] ?? 0
    let ahead = 0
    let total = 0
    let squares = 0
    for (const choice of choices) {
      ahead += (choice === server ? 1 : 0) - share
      total += ahead
      squares += ahead * ahead
    }
    sum += squares - total ** 2 / choices.length
  }
  return sum
}
