/** 1234.56 as `1,234.6`. */
export function thousands(count: number): string {
  return count.toLocaleString('en', { maximumFractionDigits: 1 })
}

/** What a run is called. */
export function nameOf(evenKeel: boolean): string {
  return evenKeel ? 'with Even Keel' : 'without Even Keel'
}
