import Application from 'koa'
import { koa } from '../apps/koa.js'
import { wire } from './suite.js'

wire(koa('koa 3', Application))
