import { secure } from '../apps/secure.js'
import { conformance } from './suite.js'

conformance(secure)
