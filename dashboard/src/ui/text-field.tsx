import type { ComponentProps } from 'react'

/** A labelled line of text. */
export function TextField({ label, ...input }: ComponentProps<'input'> & { label: string }) {
  return (
    <label className="block">
      <span className="mb-1 block text-sm font-medium">{label}</span>
      <input
        {...input}
        className="h-9 w-full rounded-lg bg-kumo-control px-3 text-base ring ring-kumo-line outline-none placeholder:text-kumo-placeholder focus:ring-2 focus:ring-kumo-brand sm:text-sm"
      />
    </label>
  )
}
