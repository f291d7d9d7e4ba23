export interface Period {
  /** After how many choices they come again. */
  readonly length: number
  /** The part of all choices that are the same as so many before. */
  readonly same: number
}

/**
 * After how many choices they come again, most of all; the shortest where several do so equally well. Three periods have to
 * fit into what was seen.
 */
export function bestPeriod(choices: readonly number[]): Period {
  const longest = Math.floor(choices.length / 3)
  let best: Period = { length: 0, same: 0 }
  for (let length = 2; length <= longest; length++) {
    let same = 0
    for (let place = length; place < choices.length; place++)
      if (choices[place] === choices[place - length]) same++
    const part = same / (choices.length - length)
    // A multiple of a period repeats as well, or by chance a little better.
    if (part > best.same + 0.02) best = { length, same: part }
  }
  return best
}

/** Whether some period repeats itself as well as that, or better. */
export function hasPeriod(choices: readonly number[], { same }: Period): boolean {
  const longest = Math.floor(choices.length / 3)
  for (let length = 2; length <= longest; length++) {
    let spare = (1 - same) * (choices.length - length) + 1e-9
    for (let place = length; place < choices.length && spare >= 0; place++)
      if (choices[place] !== choices[place - length]) spare--
    if (spare >= 0) return true
  }
  return false
}

/** Whether each of so many servers comes once in a period, or some more often than others: then weights differ. */
export function isRoundRobin({ length }: Period, choices: readonly number[], servers: number): boolean {
  if (length === servers) return true
  const counts = Array.from(
    { length: servers },
    (_, server) => choices.filter((choice) => choice === server).length / choices.length,
  )
  const most = Math.max(...counts)
  const least = Math.min(...counts)
  // With weights of 2 to 1 or so; equal servers that come twice in a period are no round robin.
  return (most - least) * length > 0.75
}
