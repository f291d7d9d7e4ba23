import type { Cell } from '../cell.js'
import { bundleCells } from './bundles.js'
import { doctorCells } from './doctor.js'
import { formCells } from './forms.js'
import { frameworkCells } from './frameworks.js'
import { nestModuleCells } from './nest-module.js'
import { packageCells } from './packages.js'
import { pm2Cells } from './pm2.js'
import { runnerCells } from './runners.js'
import { typescriptCells } from './typescript.js'
import { webSocketCells } from './web-sockets.js'

export const cells: readonly Cell[] = [
  ...formCells,
  ...doctorCells,
  ...typescriptCells,
  ...runnerCells,
  ...bundleCells,
  ...frameworkCells,
  ...nestModuleCells,
  ...webSocketCells,
  ...pm2Cells,
  ...packageCells,
]
