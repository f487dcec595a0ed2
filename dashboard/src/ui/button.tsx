import type { ComponentProps, ReactNode } from 'react'

type ButtonLook = {
  variant?: 'primary' | 'secondary' | 'ghost'
  size?: 'xs' | 'sm' | 'base'
  /** As wide as it is high, for an icon alone. */
  isSquare?: boolean
  /** As wide as what it stands in, instead of as its words. */
  isWide?: boolean
}

const SHAPE =
  'inline-flex shrink-0 cursor-pointer items-center justify-center font-medium whitespace-nowrap select-none disabled:cursor-default disabled:opacity-45 aria-disabled:opacity-45'

const SIZES = {
  xs: 'h-6 gap-1 rounded text-xs pointer-coarse:h-8',
  sm: 'h-7 gap-1.5 rounded-md text-xs pointer-coarse:h-9',
  base: 'h-9 gap-2 rounded-lg text-sm',
}
const PADDINGS = { xs: 'px-1.5', sm: 'px-2.5', base: 'px-3.5' }

const VARIANTS = {
  primary: 'bg-kumo-brand text-white shadow-xs not-disabled:hover:bg-kumo-brand-hover',
  secondary:
    'bg-kumo-base text-kumo-default shadow-xs ring ring-kumo-line not-disabled:hover:bg-kumo-tint',
  ghost: 'text-kumo-default not-disabled:hover:bg-kumo-tint data-popup-open:bg-kumo-tint',
}

/** Classes of a button, for links that look like one. */
export function buttonLook({
  variant = 'secondary',
  size = 'sm',
  isSquare = false,
  isWide = false,
}: ButtonLook = {}): string {
  const width = isWide ? 'w-full' : 'w-max'
  return `${SHAPE} ${width} ${SIZES[size]} ${isSquare ? 'aspect-square' : PADDINGS[size]} ${VARIANTS[variant]}`
}

type ButtonProps = ComponentProps<'button'> & ButtonLook & { icon?: ReactNode }

/**
 * A button in Kumo's colours. Not Kumo's own, which brings its tooltip and the positioning behind
 * it into the first view: 40 KB gzip of its budget of 150.
 */
export function Button({
  variant,
  size,
  isSquare,
  isWide,
  icon,
  className,
  ...button
}: ButtonProps) {
  return (
    <button
      type="button"
      {...button}
      className={`${buttonLook({ variant, size, isSquare, isWide })} ${className ?? ''}`}
    >
      {icon}
      {button.children}
    </button>
  )
}
