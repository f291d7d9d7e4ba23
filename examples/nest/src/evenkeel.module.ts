import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'

/** Has the keel of the application's server, for whoever injects it. */
export class EvenKeel implements OnModuleInit {
  readonly #host: HttpAdapterHost
  readonly #options: ServerOptions | undefined
  #keel: Keel | undefined

  constructor(host: HttpAdapterHost, options?: ServerOptions) {
    this.#host = host
    this.#options = options
  }

  get keel(): Keel {
    if (this.#keel === undefined) throw new Error('the application has no server yet: await app.init() first')
    return this.#keel
  }

  /** Nest makes its server after its providers, so this is the first moment to attach it. */
  onModuleInit(): void {
    this.#keel = attach(this.#host.httpAdapter.getHttpServer(), this.#options)
  }
}

/** Attaches the application's server, on Express and on Fastify. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: that is what a dynamic module of Nest is.
export class EvenKeelModule {
  static forRoot(options?: ServerOptions): DynamicModule {
    const provider = {
      provide: EvenKeel,
      inject: [HttpAdapterHost],
      useFactory: (host: HttpAdapterHost): EvenKeel => new EvenKeel(host, options),
    }
    return { module: EvenKeelModule, global: true, providers: [provider], exports: [provider] }
  }
}
