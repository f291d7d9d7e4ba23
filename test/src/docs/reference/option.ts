import { ApiOptionalMixin, type ApiPropertyItem } from '@microsoft/api-extractor-model'
import { type Declarations, type Declared, declared, meaningOf } from '../../declarations/model.js'
import { type Group, shown, variableOf } from './options.js'
import { code } from './table.js'

/** What the page says of one option. */
export interface Option {
  readonly name: string
  readonly isRequired: boolean
  readonly type: string
  readonly default: string | undefined
  readonly variable: string | undefined
  readonly meaning: string
}

/** The one variable that is not called like its option. */
const irregular: Readonly<Record<string, string>> = { EVENKEEL_FLEET_STORE: 'EVENKEEL_FLEET' }

export function optionOf(
  all: Declarations,
  group: Group,
  name: string,
  variables: readonly string[],
): Option {
  const item = itemOf(all, group, name)
  const regular = group.prefix === undefined ? '' : variableOf(name, group.prefix)
  const variable = irregular[regular] ?? regular
  return {
    name,
    isRequired: ApiOptionalMixin.isBaseClassOf(item) && !item.isOptional,
    type: typeOf(item),
    default: shown(group.defaults[name]),
    variable: variables.includes(variable) ? variable : undefined,
    meaning: meaningOf(item),
  }
}

/** What has to be given comes first, and what only tests give comes last. */
export function inOrder(options: readonly Option[]): Option[] {
  const rank = ({ name, isRequired }: Option): number =>
    isRequired ? 0 : ['clock', 'random'].includes(name) ? 2 : 1
  return [...options].sort((a, b) => rank(a) - rank(b))
}

/** The option's facts on one line: type, default, variable. */
export function factsOf({ isRequired, type, default: value, variable }: Option): string {
  // A type parameter says nothing to a reader.
  const facts = /^[A-Z]$/.test(type) ? [] : [code(type)]
  if (isRequired) facts.push('required')
  if (value !== undefined) facts.push(`default ${code(value)}`)
  if (variable !== undefined) facts.push(code(variable))
  return facts.join(' · ')
}

function itemOf(all: Declarations, { declaredBy }: Group, name: string): Declared {
  for (const [entry, from] of declaredBy) {
    try {
      return declared(all, entry, from, name)
    } catch {
      // The next one may have it.
    }
  }
  throw new Error(`no declaration of the option ${name} in ${declaredBy.flat().join(' ')}`)
}

function typeOf(item: Declared): string {
  return (item as Declared & ApiPropertyItem).propertyTypeExcerpt.text
    .replace(/ \| undefined$/, '')
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^Joinable$/, 'Fleet')
}
