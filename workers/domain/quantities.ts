import type { DataCategory, Quantity } from './data-category.ts'

/** Amounts by category; categories have different units, so they are never added to each other. */
export type Quantities = Partial<Record<DataCategory, number>>

/** Sums a list by category. */
export function sumQuantities(list: Iterable<Quantity>): Quantities {
  const sums: Quantities = {}
  for (const { category, quantity } of list) sums[category] = (sums[category] ?? 0) + quantity
  return sums
}

/** a + b. */
export function addQuantities(a: Quantities, b: Quantities): Quantities {
  return sumQuantities([...listQuantities(a), ...listQuantities(b)])
}

/** a − b, without the categories where nothing is left. */
export function subtractQuantities(a: Quantities, b: Quantities): Quantities {
  const rest = { ...a }
  for (const { category, quantity } of listQuantities(b)) {
    rest[category] = (rest[category] ?? 0) - quantity
  }
  return sumQuantities(listQuantities(rest).filter(({ quantity }) => quantity !== 0))
}

export function listQuantities(quantities: Quantities): Quantity[] {
  return Object.entries(quantities).map(([category, quantity]) => ({
    category: category as DataCategory,
    quantity,
  }))
}
