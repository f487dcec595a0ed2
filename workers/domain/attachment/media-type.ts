/**
 * What an attachment is served as. Its bytes and its name are a stranger's, so only types that a
 * browser shows as pictures, sound or plain text leave under their own name; HTML, SVG, XML and scripts never do.
 */

/** By file ending, for attachments that do not say what they are. */
const TYPE_OF_ENDING: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['txt', 'text/plain'],
  ['log', 'text/plain'],
  ['md', 'text/plain'],
  ['csv', 'text/csv'],
  ['json', 'application/json'],
  ['xml', 'application/xml'],
  ['html', 'text/html'],
  ['svg', 'image/svg+xml'],
  ['gz', 'application/gzip'],
  ['zip', 'application/zip'],
  ['dmp', 'application/x-dmp'],
])

const UNKNOWN = 'application/octet-stream'

/** Types that are served as they are. Text is served as plain text, whatever it is a text of. */
const SERVED = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/json'])
const SERVED_AS_TEXT = new Set(['text/plain', 'text/csv'])

const MEDIA_TYPE = /^[a-z0-9][\w.+-]{0,63}\/[a-z0-9][\w.+-]{0,63}$/

/** What the attachment is: as its sender says, or else as its name ends; lower case, no parameters. */
export function mediaType({
  name,
  contentType,
}: {
  name: string
  contentType: string | null
}): string {
  const declared = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (MEDIA_TYPE.test(declared) && declared !== UNKNOWN) return declared
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return TYPE_OF_ENDING.get(ending) ?? UNKNOWN
}

/** The `Content-Type` it may be served with. */
export function servedType(type: string): string {
  if (SERVED.has(type)) return type
  return SERVED_AS_TEXT.has(type) ? 'text/plain; charset=utf-8' : UNKNOWN
}

/** The `Content-Disposition` that has a browser save it, under its name in ASCII and in full. */
export function savedAs(name: string): string {
  const wellFormed = name.toWellFormed()
  const plain = wellFormed.replace(/[^\w.+@()[\] -]/g, '_')
  const whole = encodeURIComponent(wellFormed).replace(/[!'()*]/g, percent)
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

const SCREENSHOT = /^screenshot(?:-\d{1,4})?\.(?:png|jpe?g|webp|gif)$/i

/** True for a picture of the screen, by the name SDKs give it: `screenshot.png`, `screenshot-1.jpg`. */
export function isScreenshot(name: string): boolean {
  return SCREENSHOT.test(name)
}
