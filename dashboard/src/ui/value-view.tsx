import { OutsideLink } from './outside-link.tsx'
import { asText } from './value-text.ts'
import { webAddress } from './web-address.ts'

/** Longest text shown before a reader asks for the rest. */
const TEXT_CHARS = 600
/** Deepest level that starts unfolded. */
const OPEN_DEPTH = 1

/** Any value an SDK sent, typeset by its kind. Only ever text: nothing here becomes markup. */
export function ValueView({ value, depth = 0 }: { value: unknown; depth?: number }) {
  if (value === null || value === undefined) return <Faint>null</Faint>
  if (typeof value === 'boolean') return <span className="text-kumo-info">{String(value)}</span>
  if (typeof value === 'number') return <span className="text-kumo-info">{String(value)}</span>
  if (typeof value === 'string') return <TextView text={value} />
  if (Array.isArray(value)) {
    if (value.length === 0) return <Faint>[ ]</Faint>
    return <Tree depth={depth} label={`${value.length} items`} pairs={[...value.entries()]} />
  }
  const pairs = Object.entries(value)
  if (pairs.length === 0) return <Faint>{'{ }'}</Faint>
  return <Tree depth={depth} label={`${pairs.length} fields`} pairs={pairs} />
}

function TextView({ text }: { text: string }) {
  if (text === '') return <Faint>empty</Faint>
  // What a scrubber left behind: it is not the value, so it does not look like one.
  if (/^\[Filtered\]$|^\*{4,}$/.test(text)) return <Faint>{text}</Faint>
  if (text.length <= TEXT_CHARS) {
    const href = webAddress(text)
    return (
      <span className="wrap-anywhere whitespace-pre-wrap">
        {text}
        {href !== undefined && <OutsideLink href={href} />}
      </span>
    )
  }
  return (
    <details className="group wrap-anywhere whitespace-pre-wrap">
      <summary className="group-open:hidden">
        {text.slice(0, TEXT_CHARS)}… <span className="text-kumo-link">show all {text.length}</span>
      </summary>
      {text}
    </details>
  )
}

function Tree(props: { pairs: [string | number, unknown][]; label: string; depth: number }) {
  return (
    <details className="group" open={props.depth < OPEN_DEPTH && props.pairs.length <= 12}>
      <summary className="text-kumo-subtle hover:text-kumo-default">
        <span className="mr-1 inline-block transition-transform group-open:rotate-90">›</span>
        {props.label}
      </summary>
      <ul className="ml-1 border-l border-kumo-hairline pl-3">
        {props.pairs.map(([key, value]) => (
          <li className="flex gap-2" key={key}>
            <span className="shrink-0 text-kumo-subtle">{asText(key)}</span>
            <div className="min-w-0">
              <ValueView depth={props.depth + 1} value={value} />
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Faint({ children }: { children: string }) {
  return <span className="text-kumo-subtle italic">{children}</span>
}
