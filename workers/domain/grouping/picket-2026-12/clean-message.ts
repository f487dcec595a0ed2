import { trimMessage } from '../message/normalize-message.ts'
import { makeParameterizer } from '../message/parameterize.ts'
import { KINDS } from './kinds.ts'

const replaceKinds = makeParameterizer(KINDS)

/** A host by name, by address, or this one; the port is a detail of it. */
const HOST = /(?:<ip>|<hostname>|\blocalhost\b)(?::<value>)?/g
/** `<value>, <value>, <value>`: how many there are differs too. */
const LIST = /(<[a-z_]{1,20}>)(?:\s{0,2}[,;|]\s{0,2}\1)+/g

/** A message as it is hashed: trimmed, and without what differs each time. */
export function cleanMessage(text: string): string {
  return replaceKinds(trimMessage(text)).replace(HOST, '<host>').replace(LIST, '$1')
}
