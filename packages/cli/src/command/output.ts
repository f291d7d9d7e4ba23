import type { Writable } from 'node:stream'
import Table from 'cli-table3'
import picocolors from 'picocolors'
import { columnWidths } from './columns.js'

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number }

export type Colours = ReturnType<typeof picocolors.createColors>

/** Where results go: to people at a terminal, to people or programs that read lines, or as one JSON value. */
export interface Output {
  readonly json: boolean
  /** Whether there is a terminal: tables and bars there, plain lines elsewhere. */
  readonly isTerminal: boolean
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number
  /** Each changes nothing where there is no terminal or `NO_COLOR` is set. */
  readonly colours: Colours
  /** A line of the result. Not written with `--json`. */
  line(text?: string): void
  /** What is said beside the result: on standard error with `--json`. */
  note(text: string): void
  /** A table on a terminal; else a line per row, its cells two spaces apart. Not written with `--json`. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void
  /** Shows what goes on, on one line that the next call overwrites and `undefined` takes away; on terminals only. */
  progress(text: string | undefined): void
  /** The whole result, for `--json` only. Called once. */
  result(value: object): void
}

export function createOutput(
  json: boolean,
  stdout: Stream = process.stdout,
  stderr: Stream = process.stderr,
): Output {
  const isTerminal = stdout.isTTY === true && !json
  const width = stdout.columns ?? 100
  const { NO_COLOR = '' } = process.env
  const hasColours = isTerminal && NO_COLOR === ''
  const colours = picocolors.createColors(hasColours)
  let hasProgress = false
  const clear = (): void => {
    if (hasProgress) stderr.write('\r\x1b[K')
    hasProgress = false
  }
  const line = (text = ''): void => {
    clear()
    if (!json) stdout.write(`${text}\n`)
  }
  return {
    json,
    isTerminal,
    width,
    colours,
    line,
    note(text) {
      clear()
      const stream = json ? stderr : stdout
      stream.write(`${text}\n`)
    },
    table(head, rows) {
      if (!isTerminal) {
        for (const row of rows) line(row.join('  ').trimEnd())
        return
      }
      line(newTable(head, rows, width, hasColours))
    },
    progress(text) {
      if (stderr.isTTY !== true) return
      clear()
      if (text === undefined) return
      stderr.write(text.slice(0, (stderr.columns ?? 100) - 1))
      hasProgress = true
    },
    result(value) {
      clear()
      if (json) stdout.write(`${JSON.stringify(value, undefined, 2)}\n`)
    },
  }
}

/** No wider than the terminal: the widest columns wrap. */
function newTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  hasColours: boolean,
): string {
  const table = new Table({
    head: [...head],
    colWidths: columnWidths([head, ...rows], width),
    wordWrap: true,
    style: { head: hasColours ? ['bold'] : [], border: hasColours ? ['gray'] : [] },
  })
  for (const row of rows) table.push([...row])
  return table.toString()
}
