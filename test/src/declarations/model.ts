import {
  type ApiDeclaredItem,
  ApiDocumentedItem,
  type ApiItem,
  ApiModel,
  type ApiPackage,
} from '@microsoft/api-extractor-model'
import { entries, modelFile } from './report.js'

export type Declared = ApiDeclaredItem

/** What each entry declares, `node` or `prometheus/opentelemetry`. They have to be extracted before. */
export type Declarations = ReadonlyMap<string, ApiPackage>

export function declarations(): Declarations {
  return new Map(
    entries.map((entry) => [
      entry.join('/').replace(/\/index$/, ''),
      new ApiModel().loadPackage(modelFile(entry)),
    ]),
  )
}

/**
 * What an entry declares: `core` `Options`, or a member of it. A name that the language has too ends in `_2` there.
 */
export function declared(all: Declarations, entry: string, name: string, member?: string): Declared {
  const [point] = all.get(entry)?.entryPoints ?? []
  let found: ApiItem | undefined = [name, `${name}_2`].flatMap(
    (each) => point?.findMembersByName(each) ?? [],
  )[0]
  if (member !== undefined) found = found?.members.find(({ displayName }) => displayName === member)
  if (found === undefined) throw new Error(`${entry} declares no ${name}${member ? `.${member}` : ''}`)
  return found as Declared
}

/** Its doc comment without tags: paragraphs and lists of Markdown, each on one line. */
export function meaningOf(item: ApiItem): string {
  const comment = item instanceof ApiDocumentedItem ? item.tsdocComment?.emitAsTsdoc() : undefined
  if (comment === undefined) throw new Error(`${item.displayName} has no doc comment`)
  const text = comment
    .replace(/^\/\*\*\n|\n \*\/\n$/g, '')
    .replace(/^ \* ?/gm, '')
    .split(/^@/m)[0]
  return (text ?? '')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .trim()
    .split(/\n\n|\n(?=- )/)
    .map((part) => part.replace(/\s*\n\s*/g, ' '))
    .join('\n')
}

/** The entries of the list in its doc comment, "- `name`: meaning". */
export function listOf(item: ApiItem): ReadonlyMap<string, string> {
  const lines = meaningOf(item)
    .split('\n')
    .filter((line) => line.startsWith('- '))
  return new Map(
    lines.flatMap((line) => {
      const [, names = '', meaning = ''] = /^- ((?:`[^`]+`(?:, )?)+): (.*)$/.exec(line) ?? []
      return names.split(', ').map((name) => [name.replaceAll('`', ''), meaning] as const)
    }),
  )
}
