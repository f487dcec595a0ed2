import { gunzipSync } from 'node:zlib'

/**
 * The floor: what any server of this protocol must do to an event's bytes on this runtime, and
 * nothing else. Inflates the envelope, parses its lines as JSON, writes them again.
 */
export default {
  async fetch(request) {
    const body = gunzipSync(new Uint8Array(await request.arrayBuffer()))
    const lines = new TextDecoder().decode(body).trimEnd().split('\n')
    const written = lines.map((line) => JSON.stringify(JSON.parse(line))).join('\n')
    return Response.json({ bytes: new TextEncoder().encode(written).length })
  },
} satisfies ExportedHandler
