import { SPAN } from './event-shape.ts'
import { DATA, type Shape, shape } from './shape.ts'
import { VALUE_TYPE } from './value-type.ts'

/*
 * The schemas of what comes in containers (spec/ingest.md §11, spec/event-processing.md §5.6). An
 * attribute is `{ type, value }`: rules see its value under its key, the rest is the wire's own.
 */

const ID = shape('false', 'id')
const ids = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ID]))

const attribute = (value: Shape) => shape('false', 'id', { fields: { ...ids('type'), value } })
const ADDRESS = attribute(shape('true', 'data', { special: 'address' }))

const ATTRIBUTES = shape('false', 'data', {
  special: 'attributes',
  fields: {
    'client.address': ADDRESS,
    'user.ip_address': ADDRESS,
    'sentry.message.template': attribute(shape('true', 'sentence')),
    'db.query.text': attribute(shape('true', 'sentence')),
    'db.statement': attribute(shape('true', 'sentence')),
  },
  rest: attribute(DATA),
})

const COMMON = {
  ...ids('timestamp', 'trace_id', 'span_id', 'type', 'unit', 'status'),
  attributes: ATTRIBUTES,
}

const LOG = shape('false', 'data', {
  type: VALUE_TYPE.log,
  fields: { ...COMMON, ...ids('level', 'severity_number'), body: shape('true', 'log') },
})

const TRACE_METRIC = shape('false', 'data', {
  type: VALUE_TYPE.trace_metric,
  fields: { ...COMMON, ...ids('value'), name: shape('false', 'name') },
})

const LINK = shape('false', 'data', {
  fields: { ...ids('trace_id', 'span_id', 'sampled'), attributes: ATTRIBUTES },
})

const SPAN_V2 = shape('false', 'data', {
  type: VALUE_TYPE.span,
  fields: {
    ...COMMON,
    ...ids('parent_span_id', 'start_timestamp', 'end_timestamp', 'is_segment'),
    name: shape('maybe', 'sentence'),
    links: shape('false', 'data', { rest: LINK }),
  },
})

/** What stands alone or in a container; `legacy_span` has the form of a transaction's spans. */
export const ELEMENT_SHAPES = {
  log: LOG,
  trace_metric: TRACE_METRIC,
  span: SPAN_V2,
  legacy_span: SPAN,
}
export type ElementKind = keyof typeof ELEMENT_SHAPES
