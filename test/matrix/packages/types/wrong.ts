import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'

// @ts-expect-error: the types are there, and know the options.
attach(createServer(), { maxRequestsPerConection: 200 })
// @ts-expect-error: a number, not a string.
attach(createServer(), { maxRequestsPerConnection: '200' })
