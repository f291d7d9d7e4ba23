import { plain } from '../apps/plain.js'
import { drain } from './suite.js'

drain(plain)
