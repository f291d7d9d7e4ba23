import { seeded } from '@evenkeel/test-kit/seeded'
import { quantile } from '../statistics.js'
import type { Plan } from './plan.js'

/** What `hottest / mean` comes to by luck alone: 19 of 20 runs lie between the two. */
export interface Chance {
  readonly runs: number
  readonly low: number
  readonly high: number
}

const runs = 2_000

/** The seed of all runs, so that the same plan always has the same chance. */
const seed = 1

/** Each connection goes to a server at random, and lives for as long as the age limit of the plan. */
export function chanceOf(plan: Plan): Chance {
  const random = seeded(seed)
  const hottest = Array.from({ length: runs }, () => simulate(plan, random))
  return { runs, low: quantile(hottest, 0.025), high: quantile(hottest, 0.975) }
}

/** The time that connections spend on the server that has most of it, over the mean of all servers. */
function simulate({ age, clients, parts, servers }: Plan, random: () => number): number {
  const times = new Array<number>(servers).fill(0)
  for (let client = 0; client < clients; client++) {
    // The first one is anywhere in its life.
    for (let begun = -random() * age; begun < parts.judged; begun += age) {
      const server = Math.floor(random() * servers)
      const spent = Math.min(begun + age, parts.judged) - Math.max(begun, 0)
      times[server] = (times[server] ?? 0) + spent
    }
  }
  return Math.max(...times) / ((clients * parts.judged) / servers)
}
