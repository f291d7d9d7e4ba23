import Application from 'koa2'
import { koa } from '../apps/koa.js'
import { pressure } from './suite.js'

pressure(koa('koa 2', Application))
