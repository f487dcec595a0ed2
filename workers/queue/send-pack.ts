import type { PackMessage } from '#domain/pack/pack-message.ts'

/** A send may hang for a minute (workerd#6053); the gate would rather try again. */
const SEND_TIMEOUT_MS = 10_000

/** Puts a pack's pointer on the queue. Throws when the queue refuses or does not answer in time. */
export async function sendPack(queue: Queue<PackMessage>, message: PackMessage): Promise<void> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => timeout.reject(new Error(`queue did not answer within ${SEND_TIMEOUT_MS} ms`)),
    SEND_TIMEOUT_MS,
  )
  try {
    await Promise.race([queue.send(message), timeout.promise])
  } finally {
    clearTimeout(timer)
  }
}
