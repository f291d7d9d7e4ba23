import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { namesOf, nodes } from './cell.js'
import { cells } from './cells/cells.js'

const templates = join(import.meta.dirname, '..', '..', 'matrix')

describe('the cells of the matrix', () => {
  it('have a place of their own in the table each', () => {
    const places = cells.map((cell) => JSON.stringify([namesOf(cell), cell.project, cell.node]))
    assert.deepEqual(
      places.filter((place, at) => places.indexOf(place) !== at),
      [],
    )
  })

  it('cover both module forms on all 4 Node versions', () => {
    for (const form of ['import', 'require'])
      for (const node of nodes)
        assert.ok(cells.some((cell) => cell.area === 'forms' && cell.form === form && cell.node === node))
  })

  it('name versions only of what their project depends on', () => {
    for (const cell of cells) {
      const manifest = readFileSync(join(templates, cell.project, 'package.json'), 'utf8')
      const { dependencies } = JSON.parse(manifest)
      for (const [, dependency = ''] of Object.values(namesOf(cell))
        .join()
        .matchAll(/\{(.+?)\}/g))
        assert.ok(dependency in dependencies, `${cell.project} has no ${dependency}`)
    }
  })
})
