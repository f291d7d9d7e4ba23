import { secure } from '../apps/plain.js'
import { conformance } from './suite.js'

conformance(secure)
