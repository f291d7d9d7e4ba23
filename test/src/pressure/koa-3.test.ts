import Application from 'koa'
import { koa } from '../apps/koa.js'
import { pressure } from './suite.js'

pressure(koa('koa 3', Application))
