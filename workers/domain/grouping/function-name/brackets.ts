/**
 * Replaces every outermost bracket group by what `replace` makes of its content and of where it
 * opens. A closing bracket without partner hides what follows it until a next one opens: names are
 * often cut, and this is how Sentry reads such names.
 */
export function replaceGroups(
  text: string,
  [open, close]: readonly [string, string],
  replace: (content: string, openedAt: number) => string,
): string {
  if (!text.includes(open)) return text
  let result = ''
  let depth = 0
  let openedAt = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === open) {
      if (depth++ === 0) openedAt = at
    } else if (character === close) {
      if (--depth === 0) result += replace(text.slice(openedAt + 1, at), openedAt)
    } else if (depth === 0) {
      result += character
    }
  }
  return result
}

const PARTNERS: Record<string, string> = { '(': ')', '{': '}', '[': ']', '<': '>' }

/** Splits at blanks that stand in no bracket. What an unclosed bracket holds is left out. */
export function splitOutsideGroups(text: string): string[] {
  if (text !== '' && !/[\s({<[]/.test(text)) return [text]
  const tokens: string[] = []
  const open: string[] = []
  let token = ''
  let isToken = false
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    const partner = PARTNERS[character]
    if (partner) {
      open.push(partner)
      continue
    }
    if (open.length > 0) {
      if (character !== open.at(-1)) continue
      open.pop()
      if (open.length > 0) continue
    } else if (/\s/.test(character)) {
      if (isToken) tokens.push(token)
      token = ''
      isToken = false
      from = at + 1
      continue
    }
    token += text.slice(from, at + 1)
    isToken = true
    from = at + 1
  }
  return isToken ? [...tokens, token] : tokens
}
