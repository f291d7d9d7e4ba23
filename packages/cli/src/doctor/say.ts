import ms from 'ms'

/** `350 ms`, `6.0 s`, `90 s`, `6 min`: as exact as a measurement over a network is. */
export function say(milliseconds: number): string {
  if (Math.round(milliseconds) < 1_000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 20_000) return `${(milliseconds / 1_000).toFixed(1)} s`
  if (milliseconds <= 180_000) return `${Math.round(milliseconds / 1_000)} s`
  return ms(Math.round(milliseconds / 1_000) * 1_000)
}

/** `1.0 to 1.2 s`, or one time where both are said alike. */
export function sayBetween(least: number, most: number): string {
  const [from, to] = [say(least), say(most)]
  return from === to ? to : `${from} to ${to}`
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
