/** Keys the search language reads as a key; others would be searched for as words. */
const PLAIN_KEY = /^[A-Za-z_][\w.-]{0,60}$/
const PLAIN_VALUE = /^[\w.@/+-]+$/

/** What to search for to find a tag's other issues; undefined when the language cannot say it. */
export function tagTerm(key: string, value: string | null): string | undefined {
  if (!PLAIN_KEY.test(key) || value === null || value === '' || value.includes('*'))
    return undefined
  if (PLAIN_VALUE.test(value)) return `${key}:${value}`
  return `${key}:"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
