import { Agent, type AgentOptions } from 'node:http'
import { Agent as SecureAgent } from 'node:https'

/** Keeps a connection until somebody ends it. */
export function singleAgent(isSecure: boolean, settings: AgentOptions, isInsecure: boolean): Agent {
  const all = { ...settings, keepAlive: true, maxSockets: 1 }
  const agent = isSecure ? new SecureAgent({ ...all, rejectUnauthorized: !isInsecure }) : new Agent(all)
  // Node closes an idle connection when `Keep-Alive: timeout=` says so. Then nobody sees what the server does.
  agent.keepSocketAlive = () => true
  return agent
}
