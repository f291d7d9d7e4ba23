/** A table of Markdown. Its cells are as they are: `pnpm generate` lines them up. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

export function code(text: string): string {
  return `\`${text}\``
}

/** A meaning as a cell: no full stop at its end. */
export function cell(meaning: string): string {
  return meaning.replaceAll('\n', ' ').replace(/\.$/, '')
}

/** The first sentence of a meaning, as a cell. */
export function brief(meaning: string): string {
  return cell(meaning.split(/(?<=\.)\s/)[0] ?? '')
}
