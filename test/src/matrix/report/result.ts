import type { Cell } from '../cell.js'

/** What came of a cell. */
export interface Result {
  readonly cell: Cell
  /** The subject, with the version that was installed. */
  readonly subject: string
  readonly seconds: number
  /** Why it does not hold, with the output of what failed. */
  readonly failure?: string
}

/** A result as one flat object of `--json`. */
export function toJson({ cell, subject, seconds, failure }: Result): object {
  const { area, form, setting, runner, node } = cell
  return { area, subject, form, setting, runner, node, holds: failure === undefined, seconds, failure }
}
