import assert from 'node:assert/strict'
import { type Cell, nodes, type Place } from '../cell.js'
import { environmentOf, run } from '../command.js'
import { programIn } from '../project/programs.js'
import { serve } from '../serving/serve.js'
import { limit } from '../serving/wire.js'

const briefly = ['--for', '1s', '--idle', '1s', '--requests', '10', '--protocol', 'http1', '--json']

/** The command looks at a server with Even Keel, and finds the limit that it has. */
export const doctorCells: readonly Cell[] = nodes.map((node) => ({
  area: 'forms',
  subject: 'evenkeel {evenkeel}',
  form: 'evenkeel doctor',
  node,
  project: 'packages',
  run: async (place: Place): Promise<void> => {
    const program = await programIn(place.project, 'forms/node.mjs')
    await serve(place, ['node', program], async (port) => {
      const doctor = ['doctor', `http://127.0.0.1:${port}/`, ...briefly]
      const output = await run('evenkeel', doctor, place.project, environmentOf(place))
      assert.match(output, new RegExp(`"requests": ${limit},\\s+"end": "said"`))
    })
  },
}))
