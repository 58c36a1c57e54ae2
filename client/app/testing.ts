import type { Browser, BrowserContext, Page } from 'playwright-core'

export interface Opening {
  readonly language?: 'zh' | 'en'
  readonly theme?: 'light' | 'dark'
  readonly size?: readonly [width: number, height: number]
}

/** A page of the console with the language and theme that its user would have chosen before. */
export async function openPage(browser: Browser, url: string, opening: Opening = {}): Promise<Page> {
  const { language = 'zh', theme = 'light', size = [1440, 900] } = opening
  const [width, height] = size
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  await context.addInitScript(
    ([words, scheme]) => {
      // Only where nothing is kept yet, so that what a test chooses survives a reload.
      if (localStorage.getItem('wangge-language')) return
      localStorage.setItem('wangge-language', words)
      localStorage.setItem('mantine-color-scheme-value', scheme)
    },
    [language, theme] as const,
  )
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/** The same, signed in by a button of the demo: `director`, `acceptor1`, `w001`; all are in db/seed-accounts.ts. */
export async function openAs(
  browser: Browser,
  url: string,
  login: string,
  opening: Opening = {},
): Promise<Page> {
  const page = await openPage(browser, 'about:blank', opening)
  await enterAs(page, new URL(url).origin, login)
  await page.goto(url)
  return page
}

/** Gives the page's context the session of a demo account; its own requests (`page.request`) have it too. */
export async function enterAs(page: Page, origin: string, login: string): Promise<void> {
  const reply = await page.request.post(`${origin}/api/session/demo`, { data: { login } })
  if (!reply.ok()) throw new Error(`${login} could not sign in: ${reply.status()} ${await reply.text()}`)
}

/** Ends the page together with what it kept. */
export function closePage(page: Page): Promise<void> {
  const context: BrowserContext = page.context()
  return context.close()
}

/** What the page said that it should not have: errors, refused scripts and styles, failed requests. */
export function complaintsOf(page: Page): string[] {
  const said: string[] = []
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text())
  })
  return said
}

/** Numbers of all events in the open list, read by scrolling through it. */
export async function listedNumbers(page: Page): Promise<Set<string>> {
  return new Set(
    await page
      .locator('aside')
      .first()
      .evaluate(async (panel) => {
        const found = new Set<string>()
        const frame = panel.querySelector('ul')?.parentElement
        if (!frame) return []
        for (let top = 0; top <= frame.scrollHeight; top += frame.clientHeight / 2) {
          frame.scrollTop = top
          await new Promise((done) =>
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 40))),
          )
          for (const match of (frame.textContent ?? '').matchAll(/\d{8}-\d{6,}/g))
            found.add(match[0].slice(0, 15))
        }
        return [...found]
      }),
  )
}
