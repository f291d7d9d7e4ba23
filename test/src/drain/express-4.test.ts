import create from 'express4'
import { express } from '../apps/express.js'
import { drain } from './suite.js'

drain(express('express 4', create))
