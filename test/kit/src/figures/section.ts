/** What a benchmark came to, as pages quote it. All of it is text, as it stands on the page. */
export interface Section {
  /** Single figures by their names. */
  readonly figures?: Readonly<Record<string, string>>
  readonly table?: FigureTable
  /** What a program printed. */
  readonly output?: FigureOutput
}

export interface FigureOutput {
  readonly lines: readonly string[]
  /** Paragraphs below. */
  readonly notes: readonly string[]
}

export interface FigureTable {
  readonly head: readonly string[]
  /** A letter for each column, l or r. */
  readonly alignment: string
  readonly rows: readonly (readonly string[])[]
  /** Paragraphs below the table. */
  readonly notes: readonly string[]
}

/** A section as it stands in `docs/figures.json`, with where it comes from. */
export interface MeasuredSection extends Section {
  readonly command: string
  /** Year, month and day. */
  readonly date: string
  readonly machine: object
}

/** Sections by the names of their benchmarks. */
export type Sections = Readonly<Record<string, Section>>

/** Everything of the sections that a page can quote, by the names that stand in its marks. */
export function namesOf(sections: Sections): string[] {
  return Object.entries(sections).flatMap(([name, { figures = {}, table, output }]) => [
    ...Object.keys(figures).map((figure) => `figure ${name}.${figure}`),
    ...(table === undefined ? [] : [`table ${name}`]),
    ...(output === undefined ? [] : [`output ${name}`]),
  ])
}
