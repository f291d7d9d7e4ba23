import Application from 'koa2'
import { koa } from '../apps/koa.js'
import { drain } from './suite.js'

drain(koa('koa 2', Application))
