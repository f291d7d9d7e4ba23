import create from 'express4'
import { express } from '../apps/express.js'
import { wire } from './suite.js'

wire(express('express 4', create))
