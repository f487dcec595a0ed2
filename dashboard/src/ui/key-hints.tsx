import { KeyCap } from './key-cap.tsx'

/** Which keys do what on this page. Phones have none. */
export function KeyHints({ hints }: { hints: [keys: string, meaning: string][] }) {
  return (
    <ul className="hidden flex-wrap gap-x-4 gap-y-1 pt-1 text-xs text-kumo-subtle md:flex">
      {hints.map(([keys, meaning]) => (
        <li className="flex items-center gap-1" key={keys}>
          {keys.split(' ').map((key) => (
            <KeyCap key={key}>{key}</KeyCap>
          ))}
          {meaning}
        </li>
      ))}
    </ul>
  )
}
