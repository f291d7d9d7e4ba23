const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** 1 as `1 server`, 1234 as `1,234 servers`. */
export function many(count: number, what: string): string {
  return `${numbers.format(count)} ${what}${count === 1 ? '' : 's'}`
}

/** 0.37 as `37 times of 100`, 0.004 as `once in 250 times`. */
export function tellProbability(probability: number): string {
  if (probability < 0.0001) return 'less than once in 10,000 times'
  if (probability < 0.02) return `once in ${numbers.format(1 / probability)} times`
  return `${numbers.format(probability * 100)} times of 100`
}

/** 0.2512 as `25 %`. */
export function percent(part: number): string {
  return `${numbers.format(part * 100)} %`
}

/** The first few, and how many there are besides. */
export function list(names: readonly string[], most: number = 8): string {
  const rest = names.length - most
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ')
}

/** Control characters of a server's text would move the cursor. */
export function shown(name: string): string {
  const plain = name.replace(/\p{Cc}+/gu, ' ').trim()
  return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain
}
