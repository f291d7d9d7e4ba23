import { distance } from 'fastest-levenshtein'

/**
 * What to say to somebody who gave an unknown name: which one was probably meant, or `otherwise` where none is near
 * enough.
 */
export function didYouMean(given: unknown, known: readonly string[], otherwise: string): string {
  const name = typeof given === 'string' ? meant(given, known) : undefined
  return name === undefined ? otherwise : `did you mean ${name}?`
}

/** The known name that was probably meant, if one is near enough. */
export function meant(given: string, known: readonly string[]): string | undefined {
  return nearest(given, known) ?? whole(given, known)
}

/** The name that is the fewest letters away, and not more than a typing error. */
function nearest(given: string, known: readonly string[]): string | undefined {
  const letters = lettersOf(given)
  // Two letters that changed places are two away. A long name has room for more errors.
  const most = Math.max(Math.min(2, Math.floor(letters.length * 0.4)), Math.floor(letters.length / 7))
  const away = (name: string): number => distance(letters, lettersOf(name))
  return best(
    known.filter((name) => away(name) <= most),
    away,
  )
}

/** The name that is abbreviated: each word given begins one of its words, and they are a third of it or more. */
function whole(given: string, known: readonly string[]): string | undefined {
  const isAbbreviated = (name: string): boolean => {
    const words = wordsOf(name)
    const areFound = wordsOf(given).every((word) => {
      const at = words.findIndex((candidate) => candidate.startsWith(word))
      return at >= 0 && words.splice(0, at + 1).length > 0
    })
    return areFound && lettersOf(given).length * 3 >= lettersOf(name).length
  }
  return best(known.filter(isAbbreviated), (name) => wordsOf(name).length)
}

function best(names: readonly string[], costOf: (name: string) => number): string | undefined {
  return names.toSorted((a, b) => costOf(a) - costOf(b))[0]
}

/** `maxAge`, `MAX_AGE` and `max-age` are the same words. */
function wordsOf(name: string): string[] {
  const separated = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return separated.split(/[ _-]+/).filter((word) => word !== '')
}

function lettersOf(name: string): string {
  return wordsOf(name).join('')
}
