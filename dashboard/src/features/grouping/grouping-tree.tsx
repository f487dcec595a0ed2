import type { GroupingComponent } from '#contract/grouping.ts'

/** Ids of parts that are told in one line: their leaves say it all. */
const ONE_LINE = new Set(['frame'])

/** What is looked at, part by part; what is ignored is pale and says why. */
export function GroupingTree({ component }: { component: GroupingComponent }) {
  const { contributes, hint } = component
  const parts = component.values.filter(isComponent)
  const leaves = component.values.filter((value) => !isComponent(value) && value !== null)
  const isLine = ONE_LINE.has(component.id)
  return (
    <div className={contributes ? '' : 'text-kumo-subtle'}>
      <p className="flex flex-wrap items-baseline gap-x-2 text-xs leading-5">
        <span aria-hidden="true" className={contributes ? 'text-kumo-success' : ''}>
          {contributes ? '●' : '○'}
        </span>
        <span className="sr-only">{contributes ? 'counts:' : 'ignored:'}</span>
        {!isLine && <span>{component.name ?? component.id}</span>}
        {isLine && parts.map((part) => <Leaf key={part.id} part={part} />)}
        {leaves.map((leaf, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts have no identity but their place
          <code className="min-w-0 wrap-anywhere" key={i}>
            {String(leaf)}
          </code>
        ))}
        {hint !== null && <span className="text-kumo-subtle italic">{hint}</span>}
      </p>
      {!isLine && parts.length > 0 && (
        <div className="ml-1 border-l border-kumo-hairline pl-3">
          {parts.map((part, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
            <GroupingTree component={part} key={i} />
          ))}
        </div>
      )}
    </div>
  )
}

function Leaf({ part }: { part: GroupingComponent }) {
  const text = part.values.filter((value) => !isComponent(value) && value !== null).join(' ')
  if (text === '') return null
  const title = [part.name ?? part.id, part.hint].filter(Boolean).join(': ')
  return (
    <code
      className={`min-w-0 wrap-anywhere ${part.contributes ? '' : 'text-kumo-subtle line-through decoration-kumo-line'}`}
      title={title}
    >
      {text}
    </code>
  )
}

function isComponent(value: GroupingComponent['values'][number]): value is GroupingComponent {
  return typeof value === 'object' && value !== null
}
