import { hostname } from 'node:os'
import { invalid, type Parsers, parse } from '@evenkeel/core'

/** What the page may be told. */
export interface InspectorOptions {
  /**
   * What the page calls the server that it shows: behind a balancer each look may find another one. Default the
   * host's name and the process's id.
   */
  name?: string | undefined
  /** How many look at a time; one more is answered 503. Whole number of 1 or more, default 20. */
  maxViewers?: number | undefined
}

/** Options with every default filled in. */
export type InspectorSettings = {
  readonly [Name in keyof InspectorOptions]-?: NonNullable<InspectorOptions[Name]>
}

const parsers: Parsers<InspectorSettings> = {
  name(value, option) {
    if (typeof value === 'string' && value !== '') return value
    throw invalid(option, value, 'a text that is not empty')
  },
  maxViewers(value, option) {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value
    throw invalid(option, value, 'a whole number of 1 or more')
  },
}

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseInspectorOptions(options: InspectorOptions): InspectorSettings {
  const defaults = { name: `${hostname()}, process ${process.pid}`, maxViewers: 20 }
  return parse(parsers, defaults, options, '{ maxViewers: 5 }')
}
