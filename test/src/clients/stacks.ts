import { Agent as HttpAgent, request } from 'node:http'
import { HttpAgent as AgentKeepAlive } from 'agentkeepalive'
import axios from 'axios'
import got from 'got'
import fetchOfNode from 'node-fetch'
import { Agent, Client, Pool, fetch as undiciFetch } from 'undici'

/** Sends one POST with a body and gives the body of the answer; rejects if anything is wrong with it. */
export type Post = (path: string, body: string) => Promise<string>

/** An HTTP client as its users set it up, with connections that are kept. */
export interface Stack {
  readonly name: string
  open(origin: string): { readonly post: Post; close(): unknown }
}

/** None of them repeats a POST that has failed; where a library could, it is said how that is turned off. */
export const stacks: readonly Stack[] = [
  {
    name: 'http.Agent',
    open(origin) {
      const agent = new HttpAgent({ keepAlive: true })
      return { post: overNodeHttp(origin, agent), close: () => agent.destroy() }
    },
  },
  {
    name: 'undici fetch',
    open(origin) {
      const dispatcher = new Agent()
      return {
        async post(path, body) {
          const response = await undiciFetch(origin + path, { method: 'POST', body, dispatcher })
          return accepted(response.status, await response.text())
        },
        close: () => dispatcher.close(),
      }
    },
  },
  {
    name: 'undici Pool',
    open(origin) {
      const pool = new Pool(origin, { connections: 16 })
      return {
        async post(path, body) {
          const response = await pool.request({ path, method: 'POST', body })
          return accepted(response.statusCode, await response.body.text())
        },
        close: () => pool.close(),
      }
    },
  },
  {
    // It sends the requests again that it had pipelined behind a last response, and that cannot be turned off:
    // a server that had executed one of them would execute it twice.
    name: 'undici pipelining',
    open(origin) {
      const clients = Array.from({ length: 4 }, () => new Client(origin, { pipelining: 8 }))
      let turn = 0
      return {
        async post(path, body) {
          const client = clients[turn++ % clients.length] as Client
          // Only what is said to be idempotent is pipelined, and only behind what is not said to be blocking.
          const response = await client.request({
            path,
            method: 'POST',
            body,
            idempotent: true,
            blocking: false,
          })
          return accepted(response.statusCode, await response.body.text())
        },
        close: () => Promise.all(clients.map((client) => client.close())),
      }
    },
  },
  {
    name: 'axios',
    open(origin) {
      const httpAgent = new HttpAgent({ keepAlive: true })
      const client = axios.create({ baseURL: origin, httpAgent, responseType: 'text', proxy: false })
      return {
        async post(path, body) {
          const response = await client.post<string>(path, body, {
            headers: { 'Content-Type': 'text/plain' },
          })
          return accepted(response.status, response.data)
        },
        close: () => httpAgent.destroy(),
      }
    },
  },
  {
    name: 'got',
    open(origin) {
      const http = new HttpAgent({ keepAlive: true })
      // It repeats no POST by default; a limit of 0 makes sure.
      const client = got.extend({ agent: { http }, retry: { limit: 0 } })
      return {
        async post(path, body) {
          const response = await client.post(origin + path, { body })
          return accepted(response.statusCode, response.body)
        },
        close: () => http.destroy(),
      }
    },
  },
  {
    name: 'node-fetch',
    open(origin) {
      const agent = new HttpAgent({ keepAlive: true })
      return {
        async post(path, body) {
          const response = await fetchOfNode(origin + path, { method: 'POST', body, agent })
          return accepted(response.status, await response.text())
        },
        close: () => agent.destroy(),
      }
    },
  },
  {
    name: 'agentkeepalive',
    open(origin) {
      const agent = new AgentKeepAlive()
      return { post: overNodeHttp(origin, agent), close: () => agent.destroy() }
    },
  },
]

function overNodeHttp(origin: string, agent: HttpAgent): Post {
  return (path, body) =>
    new Promise((resolve, reject) => {
      request(origin + path, { method: 'POST', agent }, async (response) => {
        try {
          const chunks = await response.setEncoding('utf8').toArray()
          resolve(accepted(response.statusCode, chunks.join('')))
        } catch (error) {
          reject(error)
        }
      })
        .on('error', reject)
        .end(body)
    })
}

function accepted(status: number | undefined, body: string): string {
  if (status !== 200) throw new Error(`answered ${status}: ${body}`)
  return body
}
