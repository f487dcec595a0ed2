/** Where the neighbouring pages of a list are; absent where there is none. */
export type PageLinks = { previous?: string; next?: string }

/** Reads `<url>; rel="next"; results="true"; cursor="0:25:0", …`. */
export function parseLinkHeader(header: string | null): PageLinks {
  const links: PageLinks = {}
  for (const part of header?.split(',') ?? []) {
    const rel = /rel="(previous|next)"/.exec(part)?.[1]
    const cursor = /cursor="([^"]*)"/.exec(part)?.[1]
    if (!cursor || !/results="true"/.test(part)) continue
    if (rel === 'previous') links.previous = cursor
    if (rel === 'next') links.next = cursor
  }
  return links
}
