/** Compares the version in a release: `shop@1.2.3` with `>=1.2` (spec/event-processing.md §4.6). */

interface Version {
  numbers: number[]
  /** `beta.1`; a version with one comes before the same version without. */
  prerelease: string
}

/** `>=1.2`, `<2`, `1.2.3` (`=`). A release without a version never matches. */
export function versionTest(comparator: string): (release: string) => boolean {
  const [, operator = '=', text = ''] = /^\s*(>=|<=|!=|=|>|<)?\s*(\S*)\s*$/.exec(comparator) ?? []
  const wanted = parseVersion(text)
  if (!wanted) return () => false
  return (release) => {
    const actual = parseVersion(release.slice(release.lastIndexOf('@') + 1))
    return actual !== null && holds(operator, compareVersions(actual, wanted))
  }
}

function holds(operator: string, order: number): boolean {
  switch (operator) {
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '!=':
      return order !== 0
    default:
      return order === 0
  }
}

function parseVersion(text: string): Version | null {
  const match = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([0-9A-Za-z.-]{1,64}))?(?:\+\S*)?$/.exec(text)
  if (!match) return null
  return { numbers: match[1]!.split('.').map(Number), prerelease: match[2] ?? '' }
}

function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < Math.max(a.numbers.length, b.numbers.length); index += 1) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  return comparePrereleases(a.prerelease, b.prerelease)
}

function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? 1 : -1
  const [left, right] = [a.split('.'), b.split('.')]
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = compareParts(left[index]!, right[index]!)
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Numbers by size and before words, words by spelling (semver.org, §11). */
function compareParts(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumberA && isNumberB) return Number(a) - Number(b)
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
