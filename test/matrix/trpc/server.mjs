import { attach } from '@evenkeel/node'
import { initTRPC } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'

const { procedure, router } = initTRPC.create()

const appRouter = router({ hello: procedure.query(() => 'hello') })

const server = createHTTPServer({ router: appRouter })
attach(server, { maxRequestsPerConnection: 200 })
server.listen(process.env.PORT)
