import { type IpAddress, parseIpAddress } from '../event/ip-address.ts'

interface Network extends IpAddress {
  /** Bits of the address that are not compared. */
  openBits: bigint
}

/** True for an address that lies in one of the networks, or is one of them. Bad entries are ignored. */
export function ipTest(entries: string[]): (address: string | null | undefined) => boolean {
  const networks = entries.map(parseNetwork).filter((network) => network !== null)
  if (networks.length === 0) return () => false
  return (text) => {
    const address = text ? parseIpAddress(text) : null
    return address !== null && networks.some((network) => contains(network, address))
  }
}

/** True for what `ipTest` understands. */
export function isNetwork(entry: string): boolean {
  return parseNetwork(entry) !== null
}

/** `122.33.230.0/30`, `2001:db8::/32`, or one address. */
function parseNetwork(entry: string): Network | null {
  const [text = '', prefix, ...rest] = entry.trim().split('/')
  const address = parseIpAddress(text)
  if (!address || rest.length > 0) return null
  const width = address.version === 4 ? 32 : 128
  if (prefix === undefined) return { ...address, openBits: 0n }
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > width) return null
  return { ...address, openBits: BigInt(width - Number(prefix)) }
}

function contains({ version, bits, openBits }: Network, address: IpAddress): boolean {
  return version === address.version && bits >> openBits === address.bits >> openBits
}
