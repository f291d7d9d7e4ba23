import type { Option } from './option.js'
import { code, table } from './table.js'

/** What the text of a variable looks like, by the type of its option. */
const forms: Readonly<Record<string, string>> = {
  boolean: '`true` or `false`',
  number: 'a number',
  Measure: '`requests` or `utilization`',
  string: 'a name',
  Fleet: '`redis://host:6379`, `rediss://host:6379` or `cluster`',
  '(request: Request) => boolean': 'paths: `/healthz,/ready`',
}

/** Every variable, the option that it sets, and how its value is written. */
export function variableTable(options: readonly Option[], known: readonly string[]): string {
  const rows = known.map((variable) => {
    const option = options.find((each) => each.variable === variable)
    const form = option === undefined ? undefined : formOf(option)
    if (option === undefined || form === undefined) throw new Error(`no option has the variable ${variable}`)
    return [code(variable), code(option.name), form]
  })
  return table(['variable', 'option', 'value'], rows)
}

function formOf({ type, meaning }: Option): string | undefined {
  return meaning.includes('in milliseconds') ? 'milliseconds, or a time: `500ms`, `65s`, `5m`' : forms[type]
}
