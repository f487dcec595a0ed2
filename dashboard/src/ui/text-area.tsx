import { type ComponentProps, type ReactNode, useId } from 'react'

type TextAreaProps = ComponentProps<'textarea'> & {
  label: string
  hint?: ReactNode
  /** Stands to the right of the label: a count, a button. */
  aside?: ReactNode
  /** What is wrong with the text. */
  problem?: string
}

/** A labelled text of several lines. */
export function TextArea({ label, hint, aside, problem, ...area }: TextAreaProps) {
  const id = useId()
  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <label className="block text-sm font-medium" htmlFor={id}>
            {label}
          </label>
          {hint !== undefined && (
            <p className="text-xs text-kumo-subtle" id={`${id}-hint`}>
              {hint}
            </p>
          )}
        </div>
        {aside}
      </div>
      <textarea
        {...area}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        aria-invalid={problem !== undefined}
        className={`block min-h-16 w-full resize-y rounded-lg bg-kumo-control px-3 py-2 font-mono text-base leading-5 ring outline-none placeholder:text-kumo-placeholder focus:ring-2 sm:text-xs ${
          problem === undefined
            ? 'ring-kumo-line focus:ring-kumo-brand'
            : 'ring-kumo-danger focus:ring-kumo-danger'
        }`}
        id={id}
        spellCheck={false}
      />
      {problem !== undefined && (
        <p className="mt-1 text-xs text-kumo-danger" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
