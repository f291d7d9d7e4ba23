import { describe } from 'node:test'
import { recognise } from './recognised.js'

describe('HAProxy in front of 3 servers, seen through 100 connections', () => recognise('HAProxy'))
