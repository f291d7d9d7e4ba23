import { secure } from '../apps/plain.js'
import { events } from './suite.js'

events(secure)
