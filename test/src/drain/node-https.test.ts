import { secure } from '../apps/secure.js'
import { drain } from './suite.js'

drain(secure)
