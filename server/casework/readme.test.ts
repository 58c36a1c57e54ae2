import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MOVES, type Move } from './contract.ts'
import { FLOW, REQUESTS } from './rules.ts'
import { OPEN } from './rules/shape.ts'

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')

/** The lines of the two tables in README.md, as the rules have them: where one differs, copy what the failure shows. */
function lineOf(move: Move): string {
  const { name, from, to, assistFrom, roles, needs, explain = [], starts = [], stops = [] } = FLOW[move]
  const places =
    from.length > OPEN.length ? 'any' : from.length === OPEN.length ? 'any open' : from.join(', ')
  const goes = typeof to === 'string' ? to : [...new Set(Object.values(to))].join(' or ')
  const asked = [...needs, ...explain.map((outcome) => `reason if ${outcome}`)].join(', ')
  const clocks = [...starts.map((clock) => `+${clock}`), ...stops.map((clock) => `−${clock}`)].join(' ')
  const assisting = assistFrom ? `; assisting: ${assistFrom.join(', ')}` : ''
  return `| \`${move}\` ${name.zh} | ${places}${assisting} | ${goes} | ${roles.join(', ')} | ${asked} | ${clocks} |`
}

function askLine(kind: keyof typeof REQUESTS): string {
  const { name, endorse, endorsed, decide, from, to } = REQUESTS[kind]
  const first = endorse ? endorse.roles.join(', ') : '—'
  const spared = endorse && endorsed.length > 0 ? ` (not for ${endorsed.join(', ')})` : ''
  const where = decide.where === 'asked' ? ' of the grid that is asked' : ''
  const places = from.length === OPEN.length ? 'any open' : from.join(', ')
  return `| \`${kind}\` ${name.zh} | ${first}${spared} | ${decide.roles.join(', ')}${where} | ${places} | ${to} |`
}

test.each(MOVES)('README tells of %s as it is', (move) => {
  expect(readme.split('\n')).toContain(lineOf(move))
})

test.each(['extend', 'hold', 'handover', 'reopen', 'appeal'] as const)(
  'README tells who decides on %s',
  (kind) => {
    expect(readme.split('\n')).toContain(askLine(kind))
  },
)
