import { ways } from './program.js'

/** The programs that know nothing of Even Keel. */
export const programs = [
  'plain.js',
  'express.js',
  'koa.js',
  'fastify.js',
  'nest-express.js',
  'nest-fastify.js',
  'common.cjs',
] as const

/** Of each form one is loaded in both ways, which load the same module; the others as the documentation says. */
export function waysOf(file: string): readonly (typeof ways)[number][] {
  return file === 'plain.js' || file === 'common.cjs' ? ways : ['import']
}
