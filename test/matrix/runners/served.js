const { once } = require('node:events')
const { Agent, get } = require('node:http')

/** What each of two responses on one connection says of it. */
exports.connectionsOf = async (app) => {
  const server = app.listen(0)
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    return [await connectionOf(server, agent), await connectionOf(server, agent)]
  } finally {
    agent.destroy()
    server.close()
    await once(server, 'close')
  }
}

async function connectionOf(server, agent) {
  const [response] = await once(get({ port: server.address().port, agent }), 'response')
  response.resume()
  await once(response, 'end')
  return response.headers.connection
}
