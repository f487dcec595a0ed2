import { CopyButton } from '~/ui/copy-button.tsx'

/** Code to take along, with the button that takes it. */
export function CodeBlock({ title, code }: { title: string; code: string }) {
  return (
    <figure className="overflow-hidden rounded-lg bg-kumo-base ring-1 ring-kumo-line">
      <figcaption className="flex items-center gap-2 border-b border-kumo-hairline px-3 py-1.5 text-xs text-kumo-subtle">
        <span className="min-w-0 flex-1 wrap-anywhere">{title}</span>
        <CopyButton copy={code} label="Copy" />
      </figcaption>
      <pre className="overflow-x-auto bg-kumo-recessed px-3 py-2.5 font-mono text-xs leading-5">
        {code}
      </pre>
    </figure>
  )
}
