import { ValueView } from './value-view.tsx'

/** Keys and values, one pair a line; the dense table behind contexts, headers, variables. */
export function FieldList({ pairs }: { pairs: [key: string, value: unknown][] }) {
  return (
    <dl className="grid grid-cols-[fit-content(42%)_minmax(0,1fr)] gap-x-4 font-mono text-xs leading-5">
      {pairs.map(([key, value], i) => (
        <div
          className="col-span-2 grid grid-cols-subgrid border-t border-kumo-hairline py-1 first:border-t-0"
          // biome-ignore lint/suspicious/noArrayIndexKey: headers and query keys repeat
          key={`${key}:${i}`}
        >
          <dt className="wrap-anywhere text-kumo-subtle">{key}</dt>
          <dd className="min-w-0">
            <ValueView value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
