import type { Fuzz } from '../fuzz.js'
import { type Script, scripts, show } from './script.js'
import { trial } from './trial.js'

export const http2: Fuzz<Script> = { scripts, show, trial }
