import { Controller, Get, Module } from '@nestjs/common'
import { EvenKeel, EvenKeelModule } from './evenkeel.module.js'

// Nest reads what the constructor takes from its types, so the class is imported as a value.
@Controller()
class AppController {
  readonly #evenkeel: EvenKeel

  constructor(evenkeel: EvenKeel) {
    this.#evenkeel = evenkeel
  }

  @Get()
  hello(): object {
    return { hello: 'world', requests: this.#evenkeel.keel.snapshot().totals.requests }
  }
}

@Module({
  imports: [EvenKeelModule.forRoot({ maxRequestsPerConnection: 200 })],
  controllers: [AppController],
})
export class AppModule {}
