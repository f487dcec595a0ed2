import { Link } from '@tanstack/react-router'

export function NotFound() {
  return (
    <div className="mx-auto max-w-lg px-4 py-16">
      <h1 className="text-base font-semibold">There is no page here</h1>
      <p className="mt-2 text-kumo-subtle">
        The address may be mistyped, or what it named was deleted.{' '}
        <Link className="text-kumo-link underline" to="/">
          Go to your issues
        </Link>
      </p>
    </div>
  )
}
