import type { Answer } from './answer.js'
import { type By, writeBy } from './by.js'

/** A name is short, and a body with very many fields is searched no further. */
const longest = 200
const mostFields = 60
const deepest = 4

/** Every header, cookie and field of the body, by what `--by` calls it. */
export function fieldsOf({ headers, cookies, body }: Answer): Map<string, string> {
  const fields = new Map<string, string>()
  const add = (by: By, value: string): void => {
    if (value !== '' && value.length <= longest) fields.set(writeBy(by), value)
  }
  for (const [name, value] of Object.entries(headers)) add({ kind: 'header', name }, value)
  for (const [name, value] of Object.entries(cookies)) add({ kind: 'cookie', name }, value)
  const json = parseJson(body)
  if (typeof json === 'object' && json !== null) {
    for (const [name, value] of leaves(json)) add({ kind: 'body', name }, value)
  } else add({ kind: 'body', name: '' }, body.trim())
  return fields
}

/** The name that an answer gives; nothing where it gives none. */
export function readName(by: By, answer: Answer): string | undefined {
  const { kind, name, pattern } = by
  if (kind === 'header') return answer.headers[name]
  if (kind === 'cookie') return answer.cookies[name]
  if (pattern !== undefined) {
    const found = pattern.exec(answer.body)
    return found?.[1] ?? found?.[0]
  }
  if (name === '') return answer.body.trim()
  const value = at(parseJson(answer.body), name)
  return isLeaf(value) ? String(value) : undefined
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function at(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    return (value as Record<string, unknown>)[key]
  }, json)
}

function leaves(json: object): [path: string, value: string][] {
  const found: [string, string][] = []
  const visit = (value: unknown, path: readonly string[]): void => {
    if (found.length >= mostFields) return
    if (isLeaf(value)) found.push([path.join('.'), String(value)])
    else if (typeof value === 'object' && value !== null && path.length < deepest)
      for (const [key, inner] of Object.entries(value)) if (/^[^./]+$/.test(key)) visit(inner, [...path, key])
  }
  visit(json, [])
  return found
}

function isLeaf(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
