// Measures time, which stands still in workerd: so it runs beside the tests that read ../shared.
import { describe, expect, it } from 'vitest'

import type { PicketEvent } from '../event/event.ts'
import { builtinMatch } from './builtin-rules.ts'
import { compilePattern } from './pattern/compile-pattern.ts'
import { parsePattern } from './pattern/parse-pattern.ts'
import { programOf } from './pattern/program.ts'
import { Machine } from './pattern/run-program.ts'
import { scrubEvent } from './scrub-event.ts'
import { DEFAULT_SCRUBBING, type Scrubbing } from './scrubbing.ts'

const SMALL = 100_000
const LARGE = 1_000_000
/** Ten for linear time, a hundred for quadratic; between them lies what a busy machine adds. */
const RATIO_MAX = 45
/** Below this a ratio measures the clock. */
const NOISE_MS = 40

/** What makes careless patterns and scanners start again at each character. */
const HOSTILE = [
  ...[
    'a',
    'A',
    '1',
    ' ',
    '-',
    '_',
    '.',
    ':',
    '/',
    '\\',
    '@',
    '"',
    "'",
    '=',
    '%',
    '&',
    '<',
    '\n',
    '\0',
    '😀',
  ],
  ...[
    'a.',
    'a@',
    '@a.',
    'a-',
    '1-',
    '1 ',
    '4 ',
    '41',
    '4571 2345 6789 ',
    '//',
    '//a:',
    '//a:b/',
    'a/',
    '::',
  ],
  ...[
    '1:',
    '1.1.',
    'f:',
    'eyJ',
    'eyJ-',
    'eyJ.',
    '-eyJa.',
    'ghp_',
    'xoxb-',
    'sk-',
    'AKIA',
    '%20eyJ',
    '1:AA',
  ],
  ...[
    'pass',
    'password',
    'password=',
    'password: ',
    'password="',
    "password='",
    'password=[',
    'password={',
  ],
  ...[
    'password=[[',
    'password="\\',
    'password=\\"',
    '"password":"',
    '\\"password\\":\\"',
    'password%3D',
  ],
  ...[
    '%22password%22%3A%22',
    '<password>',
    '<password ',
    '<password><![CDATA[',
    '--password ',
    'token,',
  ],
  ...[
    '("password","',
    '"name":"password","value":"',
    'name="password"\n\n',
    'password=a,',
    'password=&quot;',
  ],
  ...[
    'authorization: ',
    '"authorization: ',
    'Authorization: Digest ',
    'Cookie: a=',
    'bearer ',
    'bearer a',
  ],
  ...[
    'Basic ',
    'Basic dXNlcjp',
    'token abcdefgh1',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    '-----',
  ],
  ...[
    'users/',
    '/users/',
    '/home/a/profiles/',
    'DE89',
    'DE89 3704 ',
    '123-45-',
    '00:',
    'aaaaaaaa-',
  ],
  ...['password: must ', 'password=%s', 'password=${', 'password={{a', 'secret', 'x-api-key: '],
]

/** Types that hit parts of a text. */
const TYPES = [
  ...['ip', 'email', 'creditcard', 'iban', 'usssn', 'imei', 'mac', 'uuid', 'pemkey', 'urlauth'],
  ...['userpath', 'bearer'],
]

const everything: Scrubbing = {
  ...DEFAULT_SCRUBBING,
  scrubIpAddresses: true,
  sensitiveFields: ['aab', 'pa'],
  advanced: {
    organization: null,
    project: {
      rules: {},
      vars: {},
      applications: { 'extra.text': ['@common', '@imei', '@mac', '@uuid'] },
    },
  },
}

const repeated = (piece: string, length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

/** In scopes that look differently at a text; between them they have every rule. */
function eventWith(text: string): PicketEvent {
  return {
    extra: { text },
    exception: { values: [{ value: text }] },
    transaction: text,
  } as unknown as PicketEvent
}

function timeOf(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

describe('scrubbing takes time linear in the text', () => {
  it.each(HOSTILE)(
    'of %j',
    (piece) => {
      const work = (length: number) => {
        const event = eventWith(repeated(piece, length))
        return timeOf(() => scrubEvent(event, everything))
      }
      work(SMALL / 10)
      const small = work(SMALL)
      expect(work(LARGE)).toBeLessThan(Math.max(small, NOISE_MS) * RATIO_MAX)
    },
    60_000,
  )

  it.each(TYPES)(
    'of every hostile text for @%s alone',
    (type) => {
      const { match } = builtinMatch(type)!
      if (match.kind !== 'parts') throw new Error('a type that hits parts')
      const slow = HOSTILE.filter((piece) => {
        const [few, many] = [repeated(piece, SMALL), repeated(piece, LARGE)]
        const small = timeOf(() => match.find(few))
        const large = timeOf(() => match.find(many))
        return large > Math.max(small, NOISE_MS) * RATIO_MAX
      })
      expect(slow).toEqual([])
    },
    60_000,
  )
})

describe('custom patterns take steps linear in the text', () => {
  const steps = (source: string, text: string): number => {
    const node = parsePattern(source)
    const program = node.ok ? programOf(node.value) : node
    if (!program.ok) throw new Error(program.error.reason)
    const machine = new Machine(program.value, 2)
    const meter = machine.meterFor(text)
    const before = meter.left
    machine.search(text, 0, meter)
    return before - meter.left
  }

  it.each([
    ['(a+)+$', 'a'],
    ['(a|aa)+$', 'a'],
    ['(a*)*b', 'a'],
    ['(.*,){12}P', 'a,'],
    ['([a-z]+)*[0-9]', 'a'],
    ['(?:x+x+)+y', 'x'],
    ['\\b\\w+\\s+\\w+$', 'a '],
  ])('%s', (source, piece) => {
    const [few, many] = [
      steps(source, repeated(piece, 2_000)),
      steps(source, repeated(piece, 20_000)),
    ]
    expect(few).toBeGreaterThan(0)
    expect(many / few).toBeLessThan(10.5)
  })

  it('even when every match looks far ahead', () => {
    const pattern = compilePattern('a[^x]*b|a')
    if (!pattern.ok) throw new Error(pattern.error.reason)
    const work = (length: number) => timeOf(() => pattern.value.find(repeated('a', length)))
    work(1_000)
    expect(work(100_000)).toBeLessThan(Math.max(work(10_000), NOISE_MS) * RATIO_MAX)
  })
})
