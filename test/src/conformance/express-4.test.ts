import create from 'express4'
import { express } from '../apps/express.js'
import { conformance } from './suite.js'

conformance(express('express 4', create))
