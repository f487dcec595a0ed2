import { Icon } from './icon.tsx'

/** The address when it is a plain web address; a `javascript:` or `data:` one is only ever text. */
export function webAddress(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined
  return URL.parse(text)?.href
}

/** A way out to an address that came with an event. It is told neither who we are nor from where. */
export function OutsideLink({ href }: { href: string }) {
  return (
    <a
      aria-label={`Open ${href} in a new tab`}
      className="ml-1 inline-flex align-[-2px] text-kumo-subtle hover:text-kumo-link"
      href={href}
      referrerPolicy="no-referrer"
      rel="noopener noreferrer nofollow"
      target="_blank"
      title={href}
    >
      <Icon name="external" size={12} />
    </a>
  )
}
