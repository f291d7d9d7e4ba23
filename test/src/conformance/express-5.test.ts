import create from 'express'
import { express } from '../apps/express.js'
import { conformance } from './suite.js'

conformance(express('express 5', create))
