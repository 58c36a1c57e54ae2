import { chromium, type Browser } from 'playwright-core'

/**
 * Debian's Chromium, headless, drawing WebGL in software: without these flags map tests are green on an empty canvas.
 * The network flags keep it from calling home on a machine that has no outside.
 */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-gpu-watchdog',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
