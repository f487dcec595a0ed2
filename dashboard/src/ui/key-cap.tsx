export function KeyCap({ children }: { children: string }) {
  return (
    <kbd className="rounded border border-kumo-line bg-kumo-base px-1 font-mono text-[11px] leading-4 text-kumo-subtle">
      {children}
    </kbd>
  )
}
