import { significant } from '../judge/chance.js'
import type { Verdict } from '../judge/verdict.js'
import type { Finding } from './finding.js'
import { many, tellProbability } from './words.js'

/** Nothing where there were too few to judge. */
export function tellEvenness({ evenness, choice, reach }: Verdict): Finding[] {
  if (evenness === undefined) return []
  const { chiSquare, degrees, probability, hottest } = evenness
  const what = reach === 'many' ? 'requests' : 'connections'
  const seen = `the busiest server has ${hottest.toFixed(2)} times the mean of the ${what}`
  const p = probability < 0.0001 ? 'p < 0.0001' : `p = ${probability.toPrecision(2)}`
  const test = `chi-square ${chiSquare.toFixed(1)} with ${many(degrees, 'degree')} of freedom, ${p}`
  const often = `chance makes it so uneven ${tellProbability(probability)} (${test})`
  if (probability < significant)
    return [
      {
        ...{ check: 'evenness', level: 'bad', seen, verdict: `uneven beyond chance: ${often}` },
        cure: 'see whether weights differ, or whether a server is slow, full or new',
      },
    ]
  const isByChance = choice?.choice === 'random' || choice?.choice === 'in-runs'
  const verdict = isByChance ? `as uneven as chance makes it: ${often}` : 'even'
  return [{ check: 'evenness', level: 'fine', seen, verdict }]
}
