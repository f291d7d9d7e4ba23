const wholeNumbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const smallNumbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const shortNumbers = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** 12,345; below 10 with one decimal where there is one. */
function formatNumber(value: number): string {
  return (value < 10 ? smallNumbers : wholeNumbers).format(value)
}

const finerNumbers = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

/** 1,234, or 0.62: a load may be requests per second or the part of a whole. */
function formatLoad(value: number): string {
  return (value > -10 && value < 10 ? finerNumbers : wholeNumbers).format(value)
}

/** 12.3K, for the ends of an axis. */
function formatShort(value: number): string {
  return shortNumbers.format(value)
}

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
]

/** Milliseconds in the largest unit that fits, and the rest in the one below: 1 min 20 s. */
function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0'
  const at = units.findIndex(([, size]) => milliseconds >= size)
  const unit = units[at]
  if (unit === undefined) return `${formatNumber(milliseconds)} ms`
  const [name, size] = unit
  if (size === 1000) return `${smallNumbers.format(milliseconds / 1000)} s`
  const [lesser, part] = units[at + 1] ?? unit
  const whole = Math.floor(milliseconds / size)
  const rest = Math.floor((milliseconds - whole * size) / part)
  return rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${lesser}`
}

/** 14:05:09, of seconds since 1970. */
function formatClock(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB')
}

/** With a capital at its beginning. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `1 connection`, `2 connections`. */
function formatCount(count: number, one: string): string {
  return `${formatNumber(count)} ${one}${count === 1 ? '' : 's'}`
}
