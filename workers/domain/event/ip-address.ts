/** An address as a number of 32 or 128 bits, so that networks are compared and not spelled. */
export interface IpAddress {
  version: 4 | 6
  bits: bigint
}

/** Reads IPv4 (dotted quad, no leading zeros) or IPv6 (RFC 4291 text, no zone); null else. */
export function parseIpAddress(text: string): IpAddress | null {
  // The longest spelling is IPv6 with a quad at its end.
  if (text.length > 45) return null
  if (!text.includes(':')) {
    const bits = parseQuad(text)
    return bits === null ? null : { version: 4, bits }
  }
  const bits = parseGroups(text)
  return bits === null ? null : { version: 6, bits }
}

function parseQuad(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  let bits = 0n
  for (const part of parts) {
    if (!/^(?:0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return null
    bits = (bits << 8n) | BigInt(part)
  }
  return bits
}

function parseGroups(text: string): bigint | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const head = readGroups(halves[0]!, halves.length === 1)
  const tail = halves.length === 2 ? readGroups(halves[1]!, true) : []
  if (!head || !tail) return null
  const missing = 8 - head.length - tail.length
  // `::` stands for at least one group; without it all eight must be there.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...tail]
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n)
}

/** The 16-bit groups of one side; a dotted quad may be the last of the whole address. */
function readGroups(text: string, mayEndInQuad: boolean): bigint[] | null {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(BigInt(`0x${part}`))
      continue
    }
    const quad = mayEndInQuad && index === parts.length - 1 ? parseQuad(part) : null
    if (quad === null) return null
    groups.push(quad >> 16n, quad & 0xffffn)
  }
  return groups
}
