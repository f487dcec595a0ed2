import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

import type { Seeded } from '../../scripts/seed.ts'

/** A reader in front of the dashboard, and what went wrong in their browser meanwhile. */
export interface Reader {
  page: Page
  /** Uncaught errors and violations of the Content-Security-Policy; empty on a good day. */
  faults: string[]
}

export const DESKTOP = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

/** Opens the dashboard, not signed in. */
export async function openDashboard(
  browser: Browser,
  { url }: Seeded,
  look: BrowserContextOptions = {},
): Promise<Reader> {
  const context = await browser.newContext({ baseURL: url, viewport: DESKTOP, ...look })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text())
  })
  return { page, faults }
}

/** Opens one page as the seeded user, whose session is begun without the form. */
export async function openSignedIn(
  browser: Browser,
  seeded: Seeded,
  path: string,
  look: BrowserContextOptions = {},
): Promise<Reader> {
  const reader = await openDashboard(browser, seeded, look)
  const { email, password } = seeded
  const answer = await reader.page.request.post('/api/0/auth/login/', { data: { email, password } })
  if (!answer.ok()) throw new Error(`sign-in was answered ${answer.status()}`)
  await reader.page.goto(path)
  return reader
}

/** Signs in by the form of the sign-in page. */
export async function signIn(page: Page, { email, password }: Seeded): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Follows a link of the bar above the pages. */
export async function goTo(page: Page, name: 'Issues' | 'Ledger' | 'Set up'): Promise<void> {
  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name }).click()
}

/** How much wider the page is than its window, in CSS pixels; 0 when nothing scrolls sideways. */
export async function overhang(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
}

/** Where the browser stands: path and query. */
export function placeOf(page: Page): string {
  const { pathname, search } = new URL(page.url())
  return pathname + search
}
