import { plain } from '../apps/plain.js'
import { wire } from './suite.js'

wire(plain)
