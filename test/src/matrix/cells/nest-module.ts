import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cell, Place } from '../cell.js'
import { type Change, withLimit } from '../project/programs.js'
import { serve } from '../serving/serve.js'
import { assertThirdIsLast } from '../serving/wire.js'

const example = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'nest', 'dist')

const onFastify: Change = (text) =>
  text
    .replace(/^/, "import { FastifyAdapter } from '@nestjs/platform-fastify'\n")
    .replace('create(AppModule, ', 'create(AppModule, new FastifyAdapter(), ')

const platforms: readonly { readonly name: string; readonly change: Change }[] = [
  { name: 'Express', change: (text) => text },
  { name: 'Fastify', change: onFastify },
]

/** The module of examples/nest, whose controller is given the keel. */
export const nestModuleCells: readonly Cell[] = platforms.flatMap(({ name, change }) =>
  (['20', '26'] as const).map((node) => ({
    area: 'frameworks',
    subject: `NestJS {@nestjs/core} on ${name}, a module`,
    form: 'in the program',
    node,
    project: 'nest',
    run: async (place: Place): Promise<void> => {
      await copy(place.folder, change)
      await serve(place, ['node', 'main.js'], (port) => assertThirdIsLast(port, { body: /"requests":3\b/ }), {
        cwd: place.folder,
      })
    },
  })),
)

async function copy(folder: string, change: Change): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  for (const file of await readdir(example)) {
    if (!file.endsWith('.js')) continue
    const text = withLimit(await readFile(join(example, file), 'utf8'))
    await writeFile(join(folder, file), file === 'main.js' ? change(text) : text)
  }
}
