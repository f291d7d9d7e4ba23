/** A keel, as far as its closes go: the kit depends on no package that is tested with it. */
interface Closing<Event> {
  on(type: 'close', listener: (event: Event) => void): void
  off(type: 'close', listener: (event: Event) => void): void
}

/** The next `close` event. */
export function nextClose<Event>(keel: Closing<Event>): Promise<Event> {
  return new Promise((resolve) => {
    const listener = (event: Event): void => {
      keel.off('close', listener)
      resolve(event)
    }
    keel.on('close', listener)
  })
}

/** Resolves when that many connections have closed in all. */
export async function closed<Event>(
  keel: Closing<Event> & { snapshot(): { readonly totals: { readonly closed: number } } },
  count: number,
): Promise<void> {
  while (keel.snapshot().totals.closed < count) await nextClose(keel)
}
