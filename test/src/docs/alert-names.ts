import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parse } from 'yaml'

interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[]
}

/** The alerts that come with `@evenkeel/prometheus`. */
export function alertNames(): string[] {
  const file = createRequire(import.meta.url).resolve('@evenkeel/prometheus/alerts.yml')
  const { groups } = parse(readFileSync(file, 'utf8')) as Alerts
  return groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))
}
