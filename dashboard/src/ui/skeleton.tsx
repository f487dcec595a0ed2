const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3', 'w-1/3']

/** A grey stand-in, sized by its classes. */
export function Bone({ className }: { className: string }) {
  return <div className={`animate-pulse rounded bg-kumo-fill ${className}`} />
}

/** Rows of a list that is on its way. */
export function RowsSkeleton({ rows = 10 }: { rows?: number }) {
  return (
    <div
      aria-busy="true"
      aria-label="Loading"
      className="divide-y divide-kumo-hairline rounded-lg bg-kumo-base ring-1 ring-kumo-line"
      role="status"
    >
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike
        <div className="flex h-[60px] flex-col justify-center gap-2 px-4" key={i}>
          <Bone className={`h-3 ${widths[i % widths.length]}`} />
          <Bone className="h-2.5 w-1/4" />
        </div>
      ))}
    </div>
  )
}

/** A page that is on its way, inside the frame. */
export function PageSkeleton() {
  return (
    <div className="space-y-4">
      <Bone className="h-6 w-1/3" />
      <RowsSkeleton rows={6} />
    </div>
  )
}

/** The frame itself on its way: as tall as it will be, so that nothing jumps. */
export function FrameSkeleton() {
  return (
    <>
      <div className="h-[49px] border-b border-kumo-line bg-kumo-base" />
      <main className="mx-auto w-full max-w-7xl px-3 py-4 sm:px-4">
        <PageSkeleton />
      </main>
    </>
  )
}
