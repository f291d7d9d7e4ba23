import { channelNames } from '@evenkeel/node'
import { ApiInterface } from '@microsoft/api-extractor-model'
import { type Declarations, declared, meaningOf } from '../../declarations/model.js'
import { cell, code, table } from './table.js'

/** `idle-close` is declared as `IdleCloseEvent`. */
function interfaceOf(type: string): string {
  return `${type.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Event`
}

/** Every event, the channel on which it is published, and what it tells. */
export function events(all: Declarations): string {
  const rows = Object.entries(channelNames).map(([type, channel]) => {
    const item = declared(all, 'core', interfaceOf(type))
    return [code(type), code(channel), fieldsOf(item), cell(meaningOf(item))]
  })
  return table(['event', 'channel', 'fields', 'when'], rows)
}

/** What the fields of events mean that have some of their own. */
export function fields(all: Declarations): string {
  const rows = Object.keys(channelNames).flatMap((type) =>
    declared(all, 'core', interfaceOf(type))
      .members.filter(({ displayName }) => displayName !== 'type')
      .map((field) => [code(type), code(field.displayName), cell(meaningOf(field))]),
  )
  return table(['event', 'field', 'meaning'], rows)
}

function fieldsOf(item: object): string {
  if (!(item instanceof ApiInterface)) return ''
  const shared = item.extendsTypes.some(({ excerpt }) => excerpt.text.startsWith('Told'))
    ? ['connection']
    : []
  const own = item.members.map(({ displayName }) => displayName).filter((name) => name !== 'type')
  return [...shared, ...own].map(code).join(', ')
}
