import { secure } from '../apps/secure.js'
import { pressure } from './suite.js'

pressure(secure)
