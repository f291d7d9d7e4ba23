import Application from 'koa'
import { koa } from '../apps/koa.js'
import { drain } from './suite.js'

drain(koa('koa 3', Application))
