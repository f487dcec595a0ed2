/** Without what nobody gave; null when nobody gave anything. */
export function given<Values extends object>(
  values: {
    [Name in keyof Values]?: Values[Name] | undefined
  },
): Partial<Values> | null {
  const some = Object.entries(values).filter(([, value]) => value !== undefined)
  return some.length > 0 ? (Object.fromEntries(some) as Partial<Values>) : null
}
