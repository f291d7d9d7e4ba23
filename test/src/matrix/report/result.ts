import type { Cell, Names } from '../cell.js'

/** What came of a cell. */
export interface Result {
  readonly cell: Cell
  /** With the versions that were installed. */
  readonly names: Names
  readonly seconds: number
  /** Why it does not hold, with the output of what failed. */
  readonly failure?: string
}

/** A result as one flat object of `--json`. */
export function toJson({ cell: { node }, names, seconds, failure }: Result): object {
  return { ...names, node, holds: failure === undefined, seconds, failure }
}
