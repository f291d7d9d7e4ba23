import { type Declarations, meaningOf } from '../../declarations/model.js'
import { brief, code, table } from './table.js'

/** What each entry is imported as, and what its functions do. Those of core are for other packages. */
export function functionTable(all: Declarations): string {
  const rows = [...all]
    .filter(([entry]) => entry !== 'core')
    .flatMap(([entry, item]) =>
      (item.entryPoints[0]?.members ?? [])
        .filter(({ kind }) => kind === 'Function')
        .map((each) => [code(each.displayName), code(`@evenkeel/${entry}`), brief(meaningOf(each))]),
    )
  return table(['function', 'from', 'meaning'], rows)
}
