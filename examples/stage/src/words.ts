/** 1234.56 as `1,234.6`. */
export function thousands(count: number): string {
  return count.toLocaleString('en', { maximumFractionDigits: 1 })
}
