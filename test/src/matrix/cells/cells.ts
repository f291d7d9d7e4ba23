import type { Cell } from '../cell.js'
import { formCells } from './forms.js'
import { frameworkCells } from './frameworks.js'
import { pm2Cells } from './pm2.js'
import { webSocketCells } from './web-sockets.js'

export const cells: readonly Cell[] = [...formCells, ...frameworkCells, ...webSocketCells, ...pm2Cells]
