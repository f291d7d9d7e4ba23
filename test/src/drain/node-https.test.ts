import { secure } from '../apps/plain.js'
import { drain } from './suite.js'

drain(secure)
