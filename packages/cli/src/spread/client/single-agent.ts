import { Agent, type AgentOptions } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import { Ended } from './ended.js'

/** Opens one connection, keeps it until somebody ends it, and never opens another. */
export function singleAgent(isSecure: boolean, settings: AgentOptions, isInsecure: boolean): Agent {
  const all = { ...settings, keepAlive: true, maxSockets: 1 }
  const agent = isSecure ? new SecureAgent({ ...all, rejectUnauthorized: !isInsecure }) : new Agent(all)
  // Node closes an idle connection when `Keep-Alive: timeout=` says so. Then nobody sees what the server does.
  agent.keepSocketAlive = () => true
  const open = agent.createConnection
  let isOpened = false
  // Without this it opens another where the server has closed the first one at this moment.
  agent.createConnection = (options, callback) => {
    if (isOpened) {
      const refuse = callback as (error: Error) => void
      refuse(new Ended())
      return undefined
    }
    isOpened = true
    return open.call(agent, options, callback)
  }
  return agent
}
