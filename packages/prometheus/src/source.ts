import { invalid } from '@evenkeel/core'
import type { Keel } from '@evenkeel/node'

/** The keel of one server, or those of several that count as one: an application's `middleware.keels`. */
export type Source = Keel | Iterable<Keel>

/** A source, or several by name: the name stands in the label `server` of each series. */
export type Sources = Source | Readonly<Record<string, Source>>

/** The keels that are added up under one name. */
export interface Group {
  /** Undefined where there is only one and it has no name. */
  readonly server: string | undefined
  readonly keels: Iterable<Keel>
  /** Whether keels may come and go. */
  readonly isLive: boolean
}

const cure =
  'what attach() returns, middleware.keels (Express, Koa), app.evenkeels (Fastify), or an object of these by name'

/** @throws {@link OptionError} for what is neither a keel, nor keels, nor an object of them. */
export function parseSources(sources: Sources): readonly Group[] {
  const unnamed = keelsOf(sources, 'source')
  if (unnamed !== undefined) return [{ server: undefined, keels: unnamed, isLive: unnamed === sources }]
  if (typeof sources !== 'object' || sources === null || Object.keys(sources).length === 0) {
    throw invalid('source', sources, cure)
  }
  const prototype = Object.getPrototypeOf(sources)
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null
  return Object.entries(sources).map(([server, source]) => {
    const keels = keelsOf(source, `source.${server}`)
    if (keels !== undefined) return { server, keels, isLive: keels === source }
    // Somebody has given the server itself, say.
    throw isPlain ? invalid(`source.${server}`, source, cure) : invalid('source', sources, cure)
  })
}

function keelsOf(source: unknown, option: string): Iterable<Keel> | undefined {
  if (isKeel(source)) return [source]
  if (!isIterable(source)) return undefined
  // It is gone through at each scrape, and what is used up by the first would show nothing from then on.
  if (Object.is(source[Symbol.iterator](), source)) {
    throw invalid(option, source, 'an array or a Set of keels, which can be gone through more than once')
  }
  for (const keel of source) if (!isKeel(keel)) throw invalid(option, keel, `an iterable of keels: ${cure}`)
  return source as Iterable<Keel>
}

function isKeel(value: unknown): value is Keel {
  if (typeof value !== 'object' || value === null) return false
  return 'snapshot' in value && 'limits' in value && 'connections' in value
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
