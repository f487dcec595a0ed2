/** Versions a project may group by, newest first, and whom each is for. */
const VERSIONS = [
  {
    id: 'picket:2026-12',
    name: 'Picket, December 2026',
    says: 'Ports, ids, dates and bundlers’ chunk names do not make new issues.',
  },
  {
    id: 'newstyle:2026-01-20',
    name: 'Sentry, January 2026',
    says: 'Hash for hash what Sentry computes.',
  },
  {
    id: 'newstyle:2023-01-11',
    name: 'Sentry, January 2023',
    says: 'For histories that were grouped by it.',
  },
]

type VersionChoiceProps = { chosen: string; onChoose: (version: string) => void }

/** The algorithm itself. Old hashes go on finding their issues for a while after a change. */
export function VersionChoice({ chosen, onChoose }: VersionChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Version</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {VERSIONS.map(({ id, name, says }) => (
          <label
            className={`flex cursor-pointer gap-2.5 rounded-lg p-2.5 ring ${
              id === chosen ? 'bg-kumo-tint ring-kumo-brand' : 'ring-kumo-line hover:bg-kumo-tint'
            }`}
            key={id}
          >
            <input
              checked={id === chosen}
              className="mt-0.5 size-4 shrink-0 accent-kumo-brand"
              name="version"
              onChange={() => onChoose(id)}
              type="radio"
            />
            <span className="min-w-0">
              <span className="block text-sm font-medium">{name}</span>
              <span className="block text-xs text-kumo-subtle">{says}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
