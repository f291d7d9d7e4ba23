/** An address as messages show it: without user and password. */
export function masked(address: string): string {
  return address.replace(/^(\w+:\/\/)?.*@/s, '$1***@')
}
