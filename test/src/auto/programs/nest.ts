import 'reflect-metadata'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Controller, Get, HttpCode, Module, Post, Req, Res } from '@nestjs/common'
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core'
import { bodyOf, rawAnswer } from '../../apps/app.js'
import { announce } from './announce.js'

/** Fastify gives requests and responses of its own, around Node's. */
type Wrapped<Message> = Message & { readonly raw?: Message }

class Answers {
  ok(): string {
    return 'ok'
  }

  async echo(request: IncomingMessage & { readonly body?: string }): Promise<string> {
    return request.body ?? (await bodyOf(request))
  }

  nothing(): void {}

  fail(): never {
    throw new Error('thrown on purpose')
  }

  raw({ url = '' }: IncomingMessage, response: Wrapped<ServerResponse>): void {
    rawAnswer(url, response.raw ?? response)
  }
}

// Nest's decorators are of the older kind, which only compilers' own options allow: so they are called.
route('ok', Get('/ok'))
route('echo', Post('/echo'), HttpCode(200))
route('nothing', Get('/empty'), HttpCode(204))
route('fail', Get('/throw'))
route('raw', Get('/raw/:what'))
Req()(Answers.prototype, 'echo', 0)
Req()(Answers.prototype, 'raw', 0)
Res()(Answers.prototype, 'raw', 1)
Controller()(Answers)

class Application {}
Module({ controllers: [Answers] })(Application)

function route(name: keyof Answers, ...decorators: readonly MethodDecorator[]): void {
  const property = Object.getOwnPropertyDescriptor(Answers.prototype, name)
  for (const decorate of decorators) decorate(Answers.prototype, name, property as PropertyDescriptor)
}

/** The same Nest application on either of its platforms. */
export async function listen(platform: AbstractHttpAdapter): Promise<void> {
  const app = await NestFactory.create(Application, platform, { logger: false })
  await app.listen(0, '127.0.0.1')
  announce(app.getHttpServer() as Server)
}
