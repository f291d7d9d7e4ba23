import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { packedProject } from '../../packed/project.js'
import { namesBefore } from './block.js'
import { compile, type Form, forms, outputOf } from './compile.js'
import { manifests } from './manifests.js'
import { modules } from './module.js'
import { start } from './start.js'

describe('code blocks, in a project that has the packed packages', () => {
  let project = ''
  let complaints: ReadonlyMap<string, readonly string[]>

  before(async () => {
    project = await packedProject()
    complaints = await compile(project)
  })
  after(() => rm(project, { recursive: true }))

  for (const { block } of modules) {
    it(`compile as ES module and as CommonJS: ${block.place}`, () => {
      assert.deepEqual(complaints.get(block.place) ?? [], [])
    })
  }

  for (const place of new Set(manifests.map(({ block }) => block.place))) {
    it(`ask Kubernetes for kinds and fields that it has: ${place}`, () => {
      assert.deepEqual(complaints.get(place) ?? [], [])
    })
  }

  it('use nothing that they do not make, but what the text above names', () => {
    const faults = modules.flatMap(({ block, given }) => {
      const told = namesBefore(block)
      return given.filter((name) => !told.includes(name)).map((name) => `${block.place}: ${name}`)
    })
    assert.deepEqual(faults, [])
  })

  describe('that are whole programs', { concurrency: 3 }, () => {
    for (const module of modules.filter(({ isProgram }) => isProgram)) {
      for (const form of Object.keys(forms) as Form[]) {
        it(`start, answer and end, as .${forms[form]}: ${module.block.place}`, async () => {
          const { head, isSeen } = await start(outputOf(project, module, form))
          assert.match(head, /^HTTP\/1\.1 200 OK\r\n/)
          assert.ok(isSeen, 'Even Keel is attached')
        })
      }
    }
  })

  it('are found: of each framework one that can be started', () => {
    const places = modules.filter(({ isProgram }) => isProgram).map(({ block }) => block.page.path)
    for (const name of ['express', 'koa', 'fastify', 'node', 'fleet']) {
      assert.ok(places.includes(`packages/${name}/README.md`), name)
    }
  })
})
