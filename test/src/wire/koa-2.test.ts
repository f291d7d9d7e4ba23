import Application from 'koa2'
import { koa } from '../apps/koa.js'
import { wire } from './suite.js'

wire(koa('koa 2', Application))
