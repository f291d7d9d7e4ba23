import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import * as coreByImport from '@evenkeel/core'
import * as expressByImport from '@evenkeel/express'
import * as nodeByImport from '@evenkeel/node'
import express from 'express'

const require = createRequire(import.meta.url)
const coreByRequire = require('@evenkeel/core')
const expressByRequire = require('@evenkeel/express')
const nodeByRequire = require('@evenkeel/node')

assert.equal(coreByRequire.OptionError, coreByImport.OptionError)
assert.equal(nodeByRequire.OptionError, nodeByImport.OptionError)
const options = { maxRequestsPerConnection: 200 }
assert.throws(() => nodeByRequire.attach(createServer(), { jitter: 2 }), nodeByImport.OptionError)
assert.throws(() => expressByImport.evenkeel({ jitter: 2 }), expressByRequire.OptionError)

const app = express()
app.use(expressByImport.evenkeel(options), expressByRequire.evenkeel(options))
app.get('/', (_request, response) => response.send(`requests: ${keel.snapshot().totals.requests}`))
const server = createServer(app)
const keel = nodeByRequire.attach(server, options)
assert.equal(nodeByImport.attach(server, options), keel)
server.listen(process.env.PORT)
