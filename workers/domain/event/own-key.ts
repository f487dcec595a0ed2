/**
 * SDKs choose the keys of tags, contexts and variables, and some choose `__proto__`. Assigning that
 * key would change the object's prototype instead of adding to it; these functions do not.
 */
export type Dictionary = Record<string, unknown>

export function setOwn(target: Dictionary, key: string, value: unknown): void {
  if (key !== '__proto__') {
    target[key] = value
    return
  }
  const property = { value, configurable: true, enumerable: true, writable: true }
  Object.defineProperty(target, key, property)
}

export function getOwn(source: Dictionary, key: string): unknown {
  return Object.hasOwn(source, key) ? source[key] : undefined
}
