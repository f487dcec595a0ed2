import { checkEnvelopeLimits } from '#domain/envelope/envelope-limits.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import type { Refusal } from './answer.ts'

/** The first size or count rule this envelope breaks, as its refusal. */
export function checkLimits(items: EnvelopeItem[]): Refusal | null {
  const limits = checkEnvelopeLimits(items)
  if (limits.ok) return null
  switch (limits.error.reason) {
    case 'internal_item':
      return { status: 400, detail: 'envelope contains internal items' }
    case 'too_large': {
      const detail = `envelope exceeded size limits for type '${limits.error.what}'`
      return { status: 413, detail }
    }
  }
}
