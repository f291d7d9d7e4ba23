/** An import declaration. */
export interface Import {
  readonly text: string
  readonly from: string
  /** The names that it brings. */
  readonly names: readonly string[]
}

const pattern = /^import (?:([^']*?) from )?'([^']+)'.*$/gm

export function importsOf(code: string): Import[] {
  return [...code.matchAll(pattern)].map(([line, clause = '', from = '']) => ({
    text: line.replace(/\s*\/\/.*$/, ''),
    from,
    names: [...clause.matchAll(/(\w+)(?= *(?:[,}]|$))/g)].map(([name]) => name),
  }))
}

/** The code without its imports. Every other line stays where it is, so that messages can name it. */
export function withoutImports(code: string): string {
  return code.replace(pattern, (text) => text.replace(/[^\n]/g, ''))
}
