/** Our sign: three pickets of a fence. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg aria-hidden="true" className="shrink-0" height={size} viewBox="0 0 16 16" width={size}>
      <rect className="fill-kumo-brand" height="16" rx="4" width="16" />
      <path
        d="M3 13V5l1.25-1.75L5.5 5v8zM6.75 13V5L8 3.25 9.25 5v8zM10.5 13V5l1.25-1.750L13 5v8z"
        fill="#fff"
      />
    </svg>
  )
}
