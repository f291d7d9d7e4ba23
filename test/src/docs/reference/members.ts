import { ApiInterface, type ApiItem, ApiMethodSignature } from '@microsoft/api-extractor-model'
import { type Declarations, declared, meaningOf } from '../../declarations/model.js'
import { cell, code, table } from './table.js'

/** What an interface has, and its meaning. */
export function members(all: Declarations, entry: string, name: string): string {
  const rows = membersOf(all, entry, name).map((member) => [
    code(member.displayName + parametersOf(member)),
    cell(meaningOf(member)),
  ])
  return table(['member', 'meaning'], rows)
}

/** The same where meanings are too long for a table. */
export function longMembers(all: Declarations, entry: string, name: string): string {
  return membersOf(all, entry, name)
    .map((member) => `- ${code(member.displayName + parametersOf(member))}: ${meaningOf(member)}`)
    .join('\n')
}

function membersOf(all: Declarations, entry: string, name: string): readonly ApiItem[] {
  const item = declared(all, entry, name)
  const inherited = item instanceof ApiInterface ? item.extendsTypes : []
  return [
    ...item.members,
    ...inherited.flatMap(({ excerpt }) => membersOf(all, entry, excerpt.text.replace(/_\d$/, ''))),
  ]
}

function parametersOf(member: ApiItem): string {
  if (!(member instanceof ApiMethodSignature)) return ''
  return `(${member.parameters.map(({ name }) => name).join(', ')})`
}
