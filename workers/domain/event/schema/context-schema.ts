/** Contexts: what surrounded the error (spec/event-processing.md §1.4). */
import { isObject } from '../../json.ts'
import type { Pair } from '../event.ts'
import type { Dictionary } from '../own-key.ts'
import { list, object, pairs, readItem } from './container.ts'
import type { Notes } from './notes.ts'
import { headerName, parseCookies } from './request-schema.ts'
import {
  anything,
  boolean,
  checked,
  float,
  freeObject,
  lenientString,
  type Reader,
  spanId,
  string,
  traceId,
  unsigned,
} from './scalar.ts'
import { spanStatus } from './span-status.ts'

type Fields = Record<string, Reader<unknown>>

/** Several fields that are read the same way, their names in one line. */
function each(read: Reader<unknown>, names: string): Fields {
  return Object.fromEntries(names.split(' ').map((name) => [name, read]))
}

/** Typed contexts are open: SDKs add to them faster than the protocol does. */
function context(fields: Fields, required: string[] = []): Reader<Dictionary> {
  return object<Dictionary>({ ...fields, type: string }, { required, unknown: 'keep' })
}

const device = context({
  ...each(string, 'name family model model_id arch orientation manufacturer brand uuid locale'),
  ...each(
    string,
    'screen_resolution battery_status cpu_description device_type device_unique_identifier',
  ),
  ...each(string, 'boot_time timezone external_storage_state connection_type'),
  ...each(unsigned, 'screen_height_pixels screen_width_pixels screen_dpi processor_count'),
  ...each(unsigned, 'memory_size free_memory usable_memory storage_size free_storage'),
  ...each(unsigned, 'external_storage_size external_free_storage'),
  ...each(float, 'battery_level battery_temperature screen_density processor_frequency'),
  ...each(boolean, 'low_memory simulator online charging supports_vibration'),
  ...each(boolean, 'supports_accelerometer supports_gyroscope supports_audio'),
  ...each(boolean, 'supports_location_service'),
})

const routeData: Reader<Dictionary> = (value, notes) => {
  const data = freeObject(value, notes)
  return typeof data?.['route'] === 'string' ? { ...data, route: { name: data['route'] } } : data
}

const trace = context(
  {
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: spanId,
    ...each(string, 'op origin description'),
    status: spanStatus,
    exclusive_time: float,
    client_sample_rate: float,
    sampled: boolean,
    data: routeData,
  },
  ['trace_id', 'span_id'],
)

const headerPairs = pairs(headerName, lenientString)
const cookiePairs = pairs(string, lenientString)

const cookies: Reader<Pair[]> = (value, notes) =>
  typeof value === 'string' ? parseCookies(value) : cookiePairs(value, notes)

/** Flag names follow the rule of tag keys (spec/event-processing.md §2.2). */
const flagName = checked(string, (name) => /^[a-zA-Z0-9_.:-]*$/.test(name), 'invalid character')

/** By type. What is not here is kept as it was sent. */
const CONTEXTS: Record<string, Reader<Dictionary>> = {
  device,
  os: context({
    ...each(string, 'name version build kernel_version raw_description'),
    rooted: boolean,
    distribution: object(each(string, 'name version pretty_name'), { unknown: 'keep' }),
  }),
  runtime: context(each(string, 'name version build raw_description')),
  app: context({
    ...each(string, 'app_start_time device_app_hash build_type app_identifier app_name'),
    ...each(string, 'app_version app_build'),
    app_memory: unsigned,
    in_foreground: boolean,
    view_names: list(string),
  }),
  browser: context(each(string, 'name version')),
  gpu: context({
    ...each(string, 'name version vendor_name api_type npot_support graphics_shader_level'),
    ...each(anything, 'id vendor_id'),
    memory_size: unsigned,
    max_texture_size: unsigned,
    ...each(boolean, 'multi_threaded_rendering supports_draw_call_instancing'),
    ...each(boolean, 'supports_ray_tracing supports_compute_shaders supports_geometry_shaders'),
  }),
  trace,
  culture: context({
    ...each(string, 'calendar display_name locale timezone'),
    is_24_hour_format: boolean,
  }),
  cloud_resource: context(
    each(
      string,
      'cloud.account.id cloud.provider cloud.platform cloud.region cloud.availability_zone host.id host.type',
    ),
  ),
  response: context({
    cookies,
    headers: headerPairs,
    status_code: unsigned,
    body_size: unsigned,
    inferred_content_type: string,
  }),
  otel: context({ attributes: freeObject, resource: freeObject }),
  replay: context({ replay_id: string }),
  profile: context({ profile_id: string, profiler_id: string }),
  flags: context({
    values: list(object({ flag: flagName, result: anything }, { unknown: 'keep' })),
  }),
}

/** A map of contexts. One without a type has that of its key. */
export const contexts: Reader<Record<string, Dictionary | null>> = (value, notes) => {
  if (!isObject(value)) return notes.invalid('expected an object', value)
  const result: Record<string, Dictionary | null> = {}
  for (const [key, sent] of Object.entries(value)) {
    // Only the server writes `reprocessing`. A prototype key is nobody's context.
    if (key === 'reprocessing' || key === '__proto__') continue
    result[key] = readItem(sent, key, (value) => readContext(key, value, notes), notes)
  }
  return result
}

function readContext(key: string, sent: unknown, notes: Notes): Dictionary | null {
  if (!isObject(sent)) return freeObject(sent, notes)
  const type = typeof sent['type'] === 'string' && sent['type'] !== '' ? sent['type'] : key
  const read = Object.hasOwn(CONTEXTS, type) ? CONTEXTS[type]! : freeObject
  const context = read(sent, notes)
  return context && { ...context, type }
}
