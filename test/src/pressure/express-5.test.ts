import create from 'express'
import { express } from '../apps/express.js'
import { pressure } from './suite.js'

pressure(express('express 5', create))
