import { Icon } from './icon.tsx'

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
