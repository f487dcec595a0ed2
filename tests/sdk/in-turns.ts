/** Requests under way at a time. */
const AT_ONCE = 12

/** Does the work of every item, a dozen at a time; answers in the order of the items. */
export async function inTurns<Item, Done>(
  items: Item[],
  work: (item: Item) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = []
  for (let from = 0; from < items.length; from += AT_ONCE) {
    done.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))))
  }
  return done
}
