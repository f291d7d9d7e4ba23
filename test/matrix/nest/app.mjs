import { Controller, Get, Module } from '@nestjs/common'

class AppController {
  hello() {
    return 'hello'
  }
}

// What `@Get()` and its like do, in JavaScript.
Get()(AppController.prototype, 'hello', Object.getOwnPropertyDescriptor(AppController.prototype, 'hello'))
Controller()(AppController)

export class AppModule {}
Module({ controllers: [AppController] })(AppModule)
