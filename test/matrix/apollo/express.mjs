import { ApolloServer } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import { evenkeel } from '@evenkeel/express'
import express from 'express'

const apollo = new ApolloServer({
  typeDefs: 'type Query { hello: String }',
  resolvers: { Query: { hello: () => 'hello' } },
})
await apollo.start()

const app = express()
app.use(evenkeel({ maxRequestsPerConnection: 200 }))
app.use(express.json(), expressMiddleware(apollo))
app.listen(process.env.PORT)
