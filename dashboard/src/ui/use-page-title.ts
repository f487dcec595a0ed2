import { useEffect } from 'react'

/** Names the browser's tab, most particular part first. */
export function usePageTitle(...parts: string[]) {
  const title = [...parts, 'Picket'].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
