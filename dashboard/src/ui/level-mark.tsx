const marks: Record<string, string> = {
  fatal: 'bg-kumo-danger ring-2 ring-kumo-danger/30',
  error: 'bg-kumo-danger',
  warning: 'bg-kumo-warning',
  info: 'bg-kumo-info',
  debug: 'bg-kumo-interact',
  sample: 'bg-kumo-interact',
}

/** A coloured square for a level; its name is there for those who cannot see the colour. */
export function LevelMark({ level }: { level: string }) {
  return (
    <span
      aria-label={level}
      className={`inline-block size-2 shrink-0 rounded-[2px] ${marks[level] ?? 'bg-kumo-interact'}`}
      role="img"
      title={level}
    />
  )
}
