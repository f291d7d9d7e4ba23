import Application from 'koa2'
import { koa } from '../apps/koa.js'
import { conformance } from './suite.js'

conformance(koa('koa 2', Application))
