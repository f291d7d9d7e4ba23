import Application from 'koa'
import { koa } from '../apps/koa.js'
import { conformance } from './suite.js'

conformance(koa('koa 3', Application))
