import { object, record } from './container.ts'
import { float, string } from './scalar.ts'

export interface Measurement {
  value?: number | null
  unit?: string | null
}

export type Measurements = Record<string, Measurement | null>

const measurement = object<Measurement>({ value: float, unit: string }, { required: ['value'] })

export const measurements = record<Measurement>(measurement)

export const breakdowns = record<Measurements>(record<Measurement>(measurement))
