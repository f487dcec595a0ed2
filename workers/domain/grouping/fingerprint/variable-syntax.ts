/** `{{ name }}`, blanks optional. Bounded, so that an opening brace costs a constant. */
const VARIABLE = /\{\{\s{0,20}([^\s{}]{1,200})\s{0,20}\}\}/g
const WHOLE_VARIABLE = new RegExp(`^${VARIABLE.source}$`)

/** The name of the variable an entry consists of, or null when it is a text. */
export function variableName(entry: string): string | null {
  return WHOLE_VARIABLE.exec(entry)?.[1] ?? null
}

export function isDefaultVariable(entry: string): boolean {
  return variableName(entry) === 'default'
}

/** `log-{{logger}}` as its parts `log-` and `{{ logger }}`. */
export function splitVariables(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > from) parts.push(text.slice(from, match.index))
    parts.push(`{{ ${match[1]} }}`)
    from = match.index + match[0].length
  }
  return from < text.length ? [...parts, text.slice(from)] : parts
}

/** The text with its variables filled in; those without a value stay as they are. */
export function fillVariables(text: string, read: (name: string) => string | null): string {
  return text.replace(VARIABLE, (match, name: string) => read(name) ?? match)
}
