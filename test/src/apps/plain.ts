import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { attach } from '@evenkeel/node'
import { type App, type AppSettings, answer, bodyOf, type RunningApp, rawAnswer, run } from './app.js'

/** `node:http` without a framework. */
export const plain: App = {
  name: 'node:http',
  listen: (settings) => start(createServer(listener(settings)), settings),
}

/** Attaches a server as often as the settings say, and has it listen. */
export function start(server: Server, settings: AppSettings): Promise<RunningApp> {
  const { options, mounts = 1 } = settings
  const keels = Array.from({ length: mounts }, () => attach(server, options))
  return run(server, settings, () => keels[0])
}

/** Answers as each framework's application does. */
export function listener(settings: AppSettings): RequestListener {
  const { waiting } = settings
  return (request, response) => {
    const path = request.url ?? ''
    if (path === '/ok') response.end('ok')
    else if (path === '/wait') waiting?.(() => response.end('ok'))
    else if (path === '/empty') response.writeHead(204).end()
    else if (path === '/not-modified') response.writeHead(304).end()
    else if (path === '/echo') void echo(request, response)
    else if (path.startsWith('/answer/')) answer(settings, request, path, (text) => response.end(text))
    else if (path.startsWith('/own/')) settings.own?.(request, response)
    else if (path.startsWith('/raw/')) rawAnswer(path, response)
    else response.writeHead(path === '/throw' ? 500 : 404).end('no')
  }
}

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.end(await bodyOf(request))
}
