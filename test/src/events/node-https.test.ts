import { secure } from '../apps/secure.js'
import { events } from './suite.js'

events(secure)
