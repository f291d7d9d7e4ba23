import create from 'express'
import { express } from '../apps/express.js'
import { drain } from './suite.js'

drain(express('express 5', create))
