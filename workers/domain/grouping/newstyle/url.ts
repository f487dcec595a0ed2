/** Whether a path begins like a page's address. */
export function isUrl(path: string | null): boolean {
  return path !== null && /^(?:https?|applewebdata|blob):/.test(path)
}

/** The same, files counting too. */
export function isUrlOrFile(path: string | null): boolean {
  return isUrl(path) || (path?.startsWith('file:') ?? false)
}
