type SourceLinesProps = { lines: [line: number, source: string][]; at: unknown }

/** Source around a line, that line lit. Text, not highlighted markup: it came from outside. */
export function SourceLines({ lines, at }: SourceLinesProps) {
  return (
    <div className="overflow-x-auto border-t border-kumo-hairline bg-kumo-recessed py-1 font-mono text-xs leading-5">
      <table className="min-w-full border-collapse">
        <tbody>
          {lines.map(([line, source]) => (
            <tr
              aria-current={line === at ? 'location' : undefined}
              className={
                line === at
                  ? 'bg-kumo-danger-tint font-semibold shadow-[inset_3px_0_0_var(--color-kumo-danger)]'
                  : ''
              }
              key={line}
            >
              <td className="w-12 min-w-12 pr-3 text-right align-top text-kumo-subtle select-none">
                {line}
              </td>
              <td className="pr-3 whitespace-pre">{source === '' ? ' ' : source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
