import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const readmes = globSync(['*.md', '{server,client,db,geodata,scripts}/**/*.md'], { cwd: root })

const LINK = /\]\(([^)#]+?)(?:#[^)]*)?\)/g
/** `folder/file.ext` or `folder/`, as code; with a star or an ellipsis it is a pattern, not a path. */
const CODE = /`([\w.-]+(?:\/[\w.-]+)*(?:\/|\.(?:tsx?|mjs|sql|json|md)))`/g

function missing(readme: string, text: string): string[] {
  const links = [...text.matchAll(LINK)].map((m) => m[1] ?? '').filter((target) => !/^\w+:/.test(target))
  const paths = [...text.matchAll(CODE)].map((m) => m[1] ?? '')
  const here = join(root, dirname(readme))
  return [...links, ...paths].filter((path) => !existsSync(join(here, path)) && !existsSync(join(root, path)))
}

test.each(readmes)('every path that %s names exists', (readme) => {
  expect(missing(readme, readFileSync(join(root, readme), 'utf8'))).toEqual([])
})

test('a path that does not exist is found', () => {
  expect(missing('README.md', 'see [x](nowhere.md) and `server/nothing.ts`')).toEqual([
    'nowhere.md',
    'server/nothing.ts',
  ])
})

test('the two READMEs have the same chapters and the same commands', () => {
  const [en, zh] = ['README.md', 'README.zh-CN.md'].map((name) => readFileSync(join(root, name), 'utf8'))
  const commands = (text = '') => [...text.matchAll(/npm (?:run [\w-]+|start|test)/g)].map((m) => m[0])
  expect(commands(zh)).toEqual(commands(en))
  const chapters = (text = '') => [...text.matchAll(/^## /gm)].length
  // The glossary stands once, in both languages.
  expect(chapters(zh)).toBe(chapters(en) - 1)
})
