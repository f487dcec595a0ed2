/** The address when it is a plain web address; a `javascript:` or `data:` one is only ever text. */
export function webAddress(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined
  return URL.parse(text)?.href
}
