import { isObject } from '../../json.ts'
import type { Mechanism } from '../event.ts'
import { type Dictionary, setOwn } from '../own-key.ts'
import { object } from './container.ts'
import { boolean, freeObject, type Reader, signed, string, unsigned } from './scalar.ts'

const meta = object({
  errno: object({ number: signed, name: string }),
  signal: object({ number: signed, code: signed, name: string, code_name: string }),
  mach_exception: object({ exception: signed, code: signed, subcode: signed, name: string }),
  ns_error: object({ code: signed, domain: string }),
})

const readMechanism = object<Mechanism>(
  {
    type: string,
    description: string,
    help_link: string,
    handled: boolean,
    synthetic: boolean,
    data: freeObject,
    source: string,
    is_exception_group: boolean,
    exception_id: unsigned,
    parent_id: unsigned,
    meta,
  },
  { required: ['type'] },
)

/**
 * How an exception was caught. Without a `type` it is the form of old Cocoa SDKs, which named
 * signals and Mach exceptions at the top (spec/event-processing.md §1.3).
 */
export const mechanism: Reader<Mechanism> = (value, notes) => {
  if (isObject(value)) {
    if (Object.keys(value).length === 0) return null
    if (!Object.hasOwn(value, 'type')) return readMechanism(fromLegacy(value), notes)
  }
  return readMechanism(value, notes)
}

function fromLegacy(legacy: Dictionary): Dictionary {
  const meta: Dictionary = {}
  const data: Dictionary = {}
  for (const [key, value] of Object.entries(legacy)) {
    if (key === 'posix_signal' && isObject(value)) {
      const { signal, ...names } = value
      meta['signal'] = { number: signal, ...names }
    } else if (key === 'mach_exception' && isObject(value)) {
      const { exception_name: name, ...codes } = value
      meta['mach_exception'] = { name, ...codes }
    } else {
      setOwn(data, key, value)
    }
  }
  const hasData = Object.keys(data).length > 0
  const hasMeta = Object.keys(meta).length > 0
  return { type: 'generic', ...(hasMeta ? { meta } : {}), ...(hasData ? { data } : {}) }
}
