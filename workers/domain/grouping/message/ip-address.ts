/**
 * Whether a text is an address, with an optional zone and prefix length, as Python's `ipaddress`
 * reads it: octets without leading zeros, at most one `::`, eight groups.
 */
export function isIpAddress(text: string): boolean {
  const [, address = '', zone, prefix] = /^([^%/]*)(?:%([^/]*))?(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const isFour = !address.includes(':')
  if (prefix !== undefined && Number(prefix) > (isFour ? 32 : 128)) return false
  if (isFour) return zone === undefined && isFourOctets(address)
  return zone !== '' && isEightGroups(address)
}

function isFourOctets(text: string): boolean {
  const octets = text.split('.')
  return (
    octets.length === 4 &&
    octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)
  )
}

function isEightGroups(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)!
  const tail = last.at(-1)
  if (tail?.includes('.')) {
    if (!isFourOctets(tail)) return false
    last.splice(-1, 1, '0', '0')
  }
  const all = groups.flat()
  const fits = halves.length === 2 ? all.length < 8 : all.length === 8
  return fits && all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
}
