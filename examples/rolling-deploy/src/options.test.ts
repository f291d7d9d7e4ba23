import { testCommandLine } from '@evenkeel/example-stage/command-line-tests'

const demo = new URL('demo.js', import.meta.url)

const refused = [
  [['--within', '100'], "'--within <ms>' argument '100' is invalid. Give a whole number from 500 to 60000."],
  [
    ['--restarts', 'all'],
    "'--restarts <count>' argument 'all' is invalid. Give a whole number from 1 to 1000.",
  ],
  [['--quiet', '0'], "'--quiet <ms>' argument '0' is invalid. Give a whole number from 1 to 60000."],
  [
    ['--connections', '100'],
    "argument '100' is invalid. With 4 servers, fewer than 160 leave their spread to chance: give 160 or more.",
  ],
  [['--fast'], "unknown option '--fast'"],
] as const

const options = [
  '--servers',
  '--connections',
  '--restarts',
  '--bare-restarts',
  '--within',
  '--quiet',
  '--requests',
  '--pause',
  '--json',
]

testCommandLine(demo, refused, options)
