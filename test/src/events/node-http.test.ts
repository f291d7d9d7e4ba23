import { plain } from '../apps/plain.js'
import { events } from './suite.js'

events(plain)
