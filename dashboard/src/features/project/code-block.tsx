import { CopyButton } from '~/ui/copy-button.tsx'

type CodeBlockProps = {
  title: string
  code: string
  /** Breaks a line that is too long instead of scrolling it; for what is no program. */
  wraps?: boolean
}

/** Code to take along, with the button that takes it. */
export function CodeBlock({ title, code, wraps = false }: CodeBlockProps) {
  return (
    <figure className="overflow-hidden rounded-lg bg-kumo-base ring-1 ring-kumo-line">
      <figcaption className="flex items-center gap-2 border-b border-kumo-hairline px-3 py-1.5 text-xs text-kumo-subtle">
        <span className="min-w-0 flex-1 wrap-anywhere">{title}</span>
        <CopyButton copy={code} label="Copy" />
      </figcaption>
      <pre
        className={`overflow-x-auto bg-kumo-recessed px-3 py-2.5 font-mono text-xs leading-5 ${wraps ? 'break-all whitespace-pre-wrap' : ''}`}
      >
        {code}
      </pre>
    </figure>
  )
}
