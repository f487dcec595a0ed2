import { Link } from '@tanstack/react-router'
import { buttonLook } from './button.tsx'
import { Empty } from './empty.tsx'
import { usePageTitle } from './use-page-title.ts'

export function NotFound() {
  usePageTitle('Not found')
  return (
    <Empty
      actions={
        <Link className={buttonLook({ variant: 'primary' })} to="/">
          Go to your issues
        </Link>
      }
      icon="search"
      title="There is no page here"
    >
      The address may be mistyped, or what it named was deleted.
    </Empty>
  )
}
