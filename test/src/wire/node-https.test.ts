import { secure } from '../apps/secure.js'
import { wire } from './suite.js'

wire(secure)
