import type { TestProject } from 'vitest/node'

import type { Seeded } from '../../scripts/seed.ts'
import { startProduct } from './product.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What the running product was seeded with, its state folder and its process group. */
    picket: Seeded & { state: string; pid: number }
  }
}

/** One product for all files of the project; `inject('picket')` says where it is. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { seeded, state, pid, stop } = await startProduct()
  project.provide('picket', { ...seeded, state, pid })
  return stop
}
