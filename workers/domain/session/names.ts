/**
 * Names of releases and environments that may be kept (spec/ingest.md §8). They stand in URLs and in
 * paths, hence what they may not be.
 */
const RELEASE_BYTES_MAX = 200
const ENVIRONMENT_BYTES_MAX = 64

/** `latest` is what a query calls the newest release. */
export function isReleaseName(name: string): boolean {
  return isName(name, RELEASE_BYTES_MAX) && name !== 'latest'
}

/** `none` is what a query calls having no environment. */
export function isEnvironmentName(name: string): boolean {
  return isName(name, ENVIRONMENT_BYTES_MAX) && name !== 'none'
}

function isName(name: string, bytesMax: number): boolean {
  if (name === '' || name === '.' || name === '..') return false
  // slashes of both kinds, and control characters
  if (/[/\\\p{Cc}]/u.test(name)) return false
  return name.length <= bytesMax && new TextEncoder().encode(name).length <= bytesMax
}
