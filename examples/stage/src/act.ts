/** What the servers have in one run of a demo: nothing of Even Keel, all that it is about, or one part of that. */
export type Act = 'without' | 'with' | 'limit' | 'fleet'

const names: Readonly<Record<Act, string>> = {
  without: 'without Even Keel',
  with: 'with Even Keel',
  limit: 'with a limit',
  fleet: 'with a fleet',
}

/** What a run is called. */
export function nameOf(act: Act): string {
  return names[act]
}
