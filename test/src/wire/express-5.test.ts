import create from 'express'
import { express } from '../apps/express.js'
import { wire } from './suite.js'

wire(express('express 5', create))
