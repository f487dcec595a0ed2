import type { ActorRow } from '#store/actor.ts'

/** Who an issue is assigned to, as clients read it: a team has no `email` at all (§0, trap 19). */
export function showActor(actor: ActorRow) {
  const { type, id, name, handle } = actor
  return type === 'team'
    ? { type, id: String(id), name: handle }
    : { type, id: String(id), name, email: handle }
}

/**
 * The actors a name stands for (spec/web-api.md §6.2, §7): `me`, `my_teams`, `#team`, `team:2`,
 * `user:1`, an id, an email or a name. Nobody knows who is in which team yet, so `my_teams` is none.
 */
export function findActors(actors: ActorRow[], name: string, userId: number): ActorRow[] {
  const wanted = name.toLowerCase()
  if (wanted === 'me') return actors.filter(({ key }) => key === `user:${userId}`)
  if (wanted === 'my_teams') return []
  return actors.filter(({ type, id, key, name: ownName, handle }) => {
    if (key === wanted) return true
    if (type === 'team') return wanted === `#${handle}` || wanted === `team:${handle}`
    return [String(id), handle.toLowerCase(), ownName.toLowerCase()].includes(wanted)
  })
}
