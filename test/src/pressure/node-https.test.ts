import { secure } from '../apps/plain.js'
import { pressure } from './suite.js'

pressure(secure)
