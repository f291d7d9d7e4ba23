import { plain } from '../apps/plain.js'
import { conformance } from './suite.js'

conformance(plain)
