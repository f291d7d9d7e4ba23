import { plain } from '../apps/plain.js'
import { pressure } from './suite.js'

pressure(plain)
