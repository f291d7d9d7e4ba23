import type { Keel } from '@evenkeel/node'

/** The values in a text for Prometheus, by series: `name{label="value"}` as it stands there. */
export function valuesIn(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const space = line.lastIndexOf(' ')
        return [line.slice(0, space), Number(line.slice(space + 1).replace('Inf', 'Infinity'))] as const
      }),
  )
}

/** What is not zero of them, but for the buckets of histograms. */
export function nonZeroIn(text: string): Record<string, number> {
  return Object.fromEntries(
    [...valuesIn(text)].filter(([series, value]) => value !== 0 && !series.includes('_bucket{')),
  )
}

/** The bounds of a histogram and how many were at most each, where that changes. */
export function stepsIn(text: string, histogram: string): [string, number][] {
  const buckets = [...valuesIn(text)].flatMap(([series, value]) => {
    const le = series.startsWith(`${histogram}_bucket{`) ? series.match(/le="([^"]+)"/)?.[1] : undefined
    return le === undefined ? [] : [[le, value] as [string, number]]
  })
  return buckets.filter(([, value], index) => value !== (buckets[index - 1]?.[1] ?? 0))
}

/** A keel that counts what is asked of it. */
export function watched(keel: Keel): { keel: Keel; calls: string[] } {
  const calls: string[] = []
  return {
    calls,
    keel: new Proxy(keel, {
      get(target, name) {
        calls.push(String(name))
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
  }
}
