const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** 1234 as `1,234`. */
export function thousands(count: number): string {
  return whole.format(count)
}

/** Three digits: 0.123, 1.23, 12.3, 1,234. */
export function short(value: number): string {
  if (value >= 100) return thousands(value)
  if (value === 0) return '0'
  return value.toFixed(value < 0.1 ? 3 : value < 10 ? 2 : 1).replace(/\.?0+$/, '')
}

/** A part as `0.12 %`. */
export function percent(part: number): string {
  const value = part * 100
  return value > 0 && value < 0.01 ? '< 0.01 %' : `${short(value)} %`
}

/** Milliseconds as people say them: `8.4 s`, `54 s`, `4 min 30 s`, `1 h 12 min`. */
export function tellDuration(milliseconds: number): string {
  const seconds = milliseconds / 1_000
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`
  if (seconds < 100) return `${Math.round(seconds)} s`
  const minutes = Math.floor(Math.round(seconds) / 60)
  if (minutes >= 10 && minutes < 60) return `${Math.round(seconds / 60)} min`
  if (minutes < 60) return join(`${minutes} min`, Math.round(seconds) % 60, 's')
  const all = Math.round(seconds / 60)
  return join(`${Math.floor(all / 60)} h`, all % 60, 'min')
}

/** Milliseconds as an argument or a variable has them: `500ms`, `30s`, `2m`. */
export function roundDuration(milliseconds: number): string {
  if (milliseconds % 60_000 === 0) return `${milliseconds / 60_000}m`
  return milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`
}

function join(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest} ${unit}`
}
