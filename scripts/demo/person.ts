/** Made-up customers; the first ones are the busiest. */
export interface Person {
  id: string
  username: string
  email: string
  /** From the ranges that stand for nobody (RFC 5737). */
  ip_address: string
  region: string
}

const NAMES = [
  'ada',
  'grace',
  'alan',
  'barbara',
  'linus',
  'margaret',
  'edsger',
  'radia',
  'donald',
  'frances',
  'tony',
  'karen',
  'niklaus',
  'shafi',
  'leslie',
]
const REGIONS = ['eu-central', 'us-east', 'ap-south']

export const PEOPLE: Person[] = NAMES.map((username, index) => ({
  id: String(1001 + index),
  username,
  email: `${username}@customers.example`,
  ip_address: `198.51.100.${10 + index}`,
  region: REGIONS[index % REGIONS.length]!,
}))
