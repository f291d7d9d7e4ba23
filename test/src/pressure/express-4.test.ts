import create from 'express4'
import { express } from '../apps/express.js'
import { pressure } from './suite.js'

pressure(express('express 4', create))
