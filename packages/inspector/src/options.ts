import { hostname } from 'node:os'
import { invalid, notNumber, type Parsers, parse } from '@evenkeel/core'
import { parseHosts } from './hosts.js'

/** What the page may be told. */
export interface InspectorOptions {
  /**
   * What the page calls its server. Behind a balancer each visit may reach another one. Default the host's name and
   * the process's id.
   */
  name?: string | undefined
  /**
   * How many pages may be open at a time. One more closes the oldest page of the address that has the most open.
   * Whole number of 1 or more, default 20.
   */
  maxViewers?: number | undefined
  /**
   * More host names under which the page answers, without scheme and port. `'.example.org'` means that name and all
   * below it. `localhost`, all names below it, and every IP address are always allowed. Under any other name the
   * answer is 403, so that no web site can read the page by letting its own name point here (DNS rebinding). Default
   * none; `'all'` turns the check off.
   */
  hosts?: readonly string[] | 'all' | undefined
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
    throw notNumber(option, value, 'a whole number of 1 or more')
  },
  hosts: parseHosts,
}

/** The default of every option but `name`, which differs from process to process. */
export const inspectorDefaults: Readonly<Omit<InspectorSettings, 'name'>> = Object.freeze({
  maxViewers: 20,
  hosts: Object.freeze([]),
})

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseInspectorOptions(options: InspectorOptions): InspectorSettings {
  const defaults = { ...inspectorDefaults, name: `${hostname()}, process ${process.pid}` }
  return parse(parsers, defaults, options, '{ maxViewers: 5 }')
}
