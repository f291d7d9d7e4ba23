import { type Block, blocks, codeOf } from './block.js'
import { absent, declarationsFor, frameworks } from './given.js'
import { type Import, importsOf, withoutImports } from './imports.js'

/** A block as a module that compiles by itself. */
export interface Module {
  readonly block: Block
  readonly source: string
  /** What it uses and does not make itself: it is the reader's own. */
  readonly given: readonly string[]
  /** Whether it imports and makes all that it uses, and listens: it can be started. */
  readonly isProgram: boolean
}

/** Each block of code as a module. */
export const modules: readonly Module[] = blocks.flatMap((block) => {
  const code = codeOf(block)
  return code === undefined ? [] : [moduleOf(block, code)]
})

function moduleOf(block: Block, code: string): Module {
  const told = block.given.filter((item) => !frameworks.includes(item))
  const framework = block.given.find((item) => frameworks.includes(item))
  const names = told.map((item) => /^(?:const|function) (\w+)/.exec(item)?.[1] ?? item)
  // What a comment declares has that type, also where the block imports it.
  const imports = importsOf(code).filter((each) => !each.names.some((name) => names.includes(name)))
  const own = declarationsFor(code, framework ?? frameworkOf(imports)).filter(
    ([name]) => !names.includes(name),
  )
  const declarations = [...told.map((item) => `declare ${item}`), ...own.map(([, text]) => text)]
  const head = [...imports.map(({ text }) => text), ...declarations, 'export {}', 'void (async () => {']
  const isWhole = declarations.length === 0 && !imports.some(({ from }) => absent.includes(from))
  return {
    block,
    source: `${head.join('; ')}\n${withoutImports(code)}\n})()\n`,
    given: [
      ...names.filter((name) => !importsOf(code).some((each) => each.names.includes(name))),
      ...own.map(([name]) => name),
    ],
    isProgram: isWhole && /\blisten\(/.test(code),
  }
}

function frameworkOf(imports: readonly Import[]): string {
  return (
    imports.flatMap(({ from }) => frameworks.filter((name) => from === `@evenkeel/${name}`))[0] ?? 'express'
  )
}
