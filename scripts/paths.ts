import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '..')

/** Where a local run keeps its databases, objects and secret. */
export const STATE = path.resolve(ROOT, process.env['PICKET_STATE'] ?? '.picket')

export const PORT = Number(process.env['PORT'] ?? 8787)
