import { type Block, blocks, codeOf } from './block.js'
import { declarationsFor, frameworks, uses } from './given.js'
import { type Import, importsOf, only, withoutImports } from './imports.js'

/** A block as a module that compiles by itself. */
export interface Module {
  readonly block: Block
  readonly source: string
  /** Whether it imports and makes all that it uses, and listens: it can be started. */
  readonly isProgram: boolean
}

/** Each block of code as a module. */
export const modules: readonly Module[] = blocks.flatMap((block) => {
  const code = codeOf(block)
  return code === undefined ? [] : [moduleOf(block, code)]
})

function moduleOf(block: Block, code: string): Module {
  const own = importsOf(code)
  const told = block.given.filter((item) => !frameworks.includes(item))
  const framework = block.given.find((item) => frameworks.includes(item))
  const carried = carriedInto(block, code, framework).filter(
    ({ names: [name = ''] }) => !makes(told.join('\n'), name),
  )
  const imports = [...own, ...carried]
  const taken = [code, ...told, ...carried.map(({ text }) => text)].join('\n')
  const given = [
    ...told.map((item) => (item.startsWith('import ') ? item : `declare ${item}`)),
    ...declarationsFor(code, framework ?? frameworkOf(imports)).flatMap(([name, text]) =>
      makes(taken, name) ? [] : [text],
    ),
  ]
  const head = [...imports.map(({ text }) => text), ...given, 'export {}', 'void (async () => {'].join('; ')
  // A handler's own parameters may have the names of what is given.
  const isWhole =
    given.every((item) => /^declare const (?:request|response):/.test(item)) && carried.length === 0
  return {
    block,
    source: `${head}\n${withoutImports(code)}\n})()\n`,
    isProgram: isWhole && /\blisten\(/.test(code),
  }
}

/** Whether code imports or declares a name. */
function makes(code: string, name: string): boolean {
  return (
    new RegExp(`\\b(?:const|let|function) ${name}\\b`).test(code) ||
    importsOf(code).some(({ names }) => names.includes(name))
  )
}

/** What a block uses and its page has imported before it: a reader has seen where it comes from. */
function carriedInto(block: Block, code: string, framework: string | undefined): Import[] {
  const earlier = blocks
    .slice(0, blocks.indexOf(block))
    .filter(({ page }) => page === block.page)
    .flatMap((each) => importsOf(codeOf(each) ?? ''))
  if (framework !== undefined) earlier.push(...importsOf(`import { evenkeel } from '@evenkeel/${framework}'`))
  const last = new Map(earlier.flatMap((each) => each.names.map((name) => [name, only(each, name)] as const)))
  return [...last].flatMap(([name, each]) => (uses(code, name) && !makes(code, name) ? [each] : []))
}

function frameworkOf(imports: readonly Import[]): string {
  return (
    imports.flatMap(({ from }) => frameworks.filter((name) => from === `@evenkeel/${name}`))[0] ?? 'express'
  )
}
