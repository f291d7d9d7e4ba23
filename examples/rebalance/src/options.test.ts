import { testCommandLine } from '@evenkeel/example-stage/command-line-tests'

const demo = new URL('demo.js', import.meta.url)

const refused = [
  [['--seconds', '0'], "'--seconds <count>' argument '0' is invalid. Give a whole number from 5 to 200."],
  [['--servers', '1'], "'--servers <count>' argument '1' is invalid. Give a whole number from 2 to 24."],
  [
    ['--servers', 'four'],
    "'--servers <count>' argument 'four' is invalid. Give a whole number from 2 to 24.",
  ],
  [['--rate', '0'], "argument '0' is invalid. Give a whole number from 1 to 20000."],
  [['--max-requests', '1.5'], "argument '1.5' is invalid. Give a whole number from 1 to 1000000."],
  [
    ['--connections', '30'],
    "argument '30' is invalid. With 4 servers, fewer than 80 leave the outcome to chance",
  ],
  [
    ['--report', '/nowhere/report.html'],
    "argument '/nowhere/report.html' is invalid. It cannot be written (ENOENT): give a file in a folder that is there",
  ],
  [['--report', import.meta.dirname], 'is invalid. It cannot be written (EISDIR): give a file'],
  [['--still', '/nowhere/still.svg'], "'--still <file>' argument '/nowhere/still.svg' is invalid."],
  [['--transcript', '/nowhere/x.txt'], "'--transcript <file>' argument '/nowhere/x.txt' is invalid."],
  [['--redis', 'localhost'], "argument 'localhost' is invalid."],
  [['--redis', 'redis://127.0.0.1:1'], 'error: redis://127.0.0.1:1 does not answer'],
  [['--fast'], "unknown option '--fast'"],
] as const

const options = [
  '--servers',
  '--connections',
  '--rate',
  '--max-requests',
  '--seconds',
  '--redis',
  '--report',
  '--no-report',
  '--still',
  '--transcript',
  '--json',
]

testCommandLine(demo, refused, options)
