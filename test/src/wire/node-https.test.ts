import { secure } from '../apps/plain.js'
import { wire } from './suite.js'

wire(secure)
