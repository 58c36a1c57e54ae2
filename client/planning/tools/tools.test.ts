import { beforeEach, expect, test } from 'vitest'
import type { GridKey } from '#geo/plan/draft'
import { openMeter } from '#geo/plan/meter'
import type { Op } from '#geo/plan/op'
import { inverseOf, apply, type Patch } from '#geo/plan/patch'
import { perform } from '#geo/plan/perform'
import { lettersOf, SIDE, squares } from '#geo/plan/plan-testing'
import type { PlanTool } from '../../data/view.ts'
import type { Place } from './place.ts'
import { enter, exit } from './toolbox.ts'
import { useOptions, useSketch, type Host } from './tool.ts'

const NOWHERE = { xs: [], ys: [], ids: [] }
const SITES = {
  buildings: { ...NOWHERE, households: [] },
  events: { ...NOWHERE, minutes: [], open: [] },
  disputes: [],
  workers: [],
}

/** Side of a drawn square on the screen: 50 px, so that a px is two lattice units. */
const at = (column: number, row: number, more: Partial<Place> = {}): Place => ({
  at: [Math.round(column * SIDE), Math.round(row * SIDE)],
  px: [column * 50, row * 50],
  scale: [2, 2],
  kind: 'mouse',
  alt: false,
  ...more,
})

function stand(rows: readonly string[], name: PlanTool, chosen: GridKey | null = null) {
  const draft = squares(rows)
  const meter = openMeter(draft, SITES)
  const done: Op[] = []
  let shown: Patch[] = []
  let grid = chosen

  function drop(): void {
    for (const patch of shown.toReversed()) {
      apply(draft, inverseOf(patch))
      meter.update(inverseOf(patch))
    }
    shown = []
  }

  function doAll(ops: readonly Op[]) {
    drop()
    for (const op of ops) {
      const performed = perform(draft, op)
      if (!performed.ok) {
        drop()
        return performed
      }
      meter.update(performed.patch)
      shown.push(performed.patch)
    }
    return { ok: true } as const
  }

  const host: Host = {
    now: () => ({ draft, meter }),
    chosen: () => grid,
    vertex: () => useSketch.getState().vertex,
    choose: (key) => (grid = key),
    preview: doAll,
    perform(ops) {
      const outcome = doAll(ops)
      if (!outcome.ok) return outcome
      shown = []
      done.push(...ops)
      return outcome
    },
    drop,
    sketch: (part) => useSketch.setState(part),
    options: () => useOptions.getState(),
    trace: (from, to) => [from, to],
    newName: () => ({ name: '新', nameEn: 'new' }),
  }
  const tool = enter(name, host)
  return {
    tool,
    done,
    letters: () => lettersOf(draft),
    chosen: () => grid,
    leave: () => exit(tool),
    drag: (...places: readonly Place[]): void => {
      const [first, ...rest] = places
      const last = places.at(-1)
      if (!first || !last) return
      tool.down(first)
      for (const place of rest) tool.move(place, 'pressed')
      tool.up(last)
    },
  }
}

beforeEach(() => useOptions.setState({ paint: 'brush', brush: 0, border: 'drag', snap: 'free' }))

//  a a b   row 1 (north), atoms 1 2 3
//  a a b   row 0,         atoms 4 5 6
const ROWS = ['aab', 'aab']

test.each<[string, Partial<ReturnType<typeof useOptions.getState>>, Place[], string]>([
  // way                   options                          gesture                                        grids after
  ['a press', {}, [at(1.5, 1.5)], 'abbaab'],
  ['a stroke', {}, [at(1.5, 1.5), at(1.5, 1), at(1.5, 0.5)], 'abbabb'],
  ['a wide brush', { brush: 14 }, [at(1.5, 1.1)], 'abbabb'],
  ['a rectangle', { paint: 'rectangle' }, [at(1.2, 1.8), at(1.8, 0.2)], 'abbabb'],
  [
    'a lasso',
    { paint: 'lasso' },
    [at(1.2, 1.9), at(1.9, 1.9), at(1.9, 1.1), at(1.2, 1.1), at(1.2, 1.8)],
    'abbaab',
  ],
])('paint: %s', (_, options, gesture, letters) => {
  useOptions.setState(options)
  const { drag, done, letters: now } = stand(ROWS, 'paint', 2)
  drag(...gesture)
  expect(now()).toBe(letters)
  expect(done.map(({ kind }) => kind)).toEqual(['paint'])
})

test('paint: the first press picks the grid that grows, Alt picks another, and nothing is painted by it', () => {
  const { drag, chosen, done } = stand(ROWS, 'paint')
  drag(at(2.5, 1.5))
  expect([chosen(), done]).toEqual([2, []])
  drag(at(0.5, 0.5, { alt: true }))
  expect([chosen(), done]).toEqual([1, []])
})

test('paint: a press on one grid and a stroke into the next extends the first', () => {
  const { drag, letters } = stand(ROWS, 'paint')
  drag(at(2.5, 1.5), at(1.5, 1.5))
  expect(letters()).toBe('abbaab')
})

test('paint: Esc forgets what the stroke has touched', () => {
  const { tool, done } = stand(ROWS, 'paint', 2)
  tool.down(at(1.5, 1.5))
  expect([...useSketch.getState().hot]).toEqual([2])
  tool.cancel()
  tool.up(at(1.5, 1.5))
  expect([done, useSketch.getState().hot.size]).toEqual([[], 0])
})

test('border: a junction is dragged, both owners are named while it is', () => {
  const { tool, done, drag } = stand(ROWS, 'border')
  tool.move(at(2, 1), 'free')
  expect(useSketch.getState().grids.toSorted((a, b) => a - b)).toEqual([1, 2])
  drag(at(2, 1), at(2.1, 1.1), at(2.2, 1.2))
  expect(done).toEqual([{ kind: 'move-node', node: expect.any(Number), to: [220, 120] }])
})

test('border: the line between two points gets a point where it is taken', () => {
  const { drag, done } = stand(ROWS, 'border')
  drag(at(2, 1.5), at(2.3, 1.5))
  expect(done.map(({ kind }) => kind)).toEqual(['add-vertex', 'move-vertex'])
})

test('border: where it may not stand it snaps back', () => {
  const { drag, done } = stand(ROWS, 'border')
  drag(at(2, 1), at(2.5, 1), at(3.5, 3.5))
  expect(done).toEqual([])
})

test('border: a press without a way chooses the point; arrows move it, Delete takes it out', () => {
  const { tool, done, drag } = stand(ROWS, 'border')
  tool.double(at(2, 1.5))
  expect(useSketch.getState().vertex).toMatchObject({ kind: 'vertex', index: 1 })
  drag(at(2, 1.5))
  expect(tool.key('ArrowRight')).toBe(true)
  expect(useSketch.getState().vertex?.at).toEqual([204, 150])
  expect(tool.key('Delete')).toBe(true)
  expect(done.map(({ kind }) => kind)).toEqual(['add-vertex', 'move-vertex', 'remove-vertex'])
  expect(tool.key('x')).toBe(false)
})

test('border: away from every border the press is the map’s, and a click chooses the grid', () => {
  const { tool, chosen } = stand(ROWS, 'border')
  expect(tool.down(at(0.5, 0.5))).toBe('leave')
  tool.click(at(0.5, 0.5))
  expect(chosen()).toBe(1)
})

test('split: in one stroke, or corner by corner with a double click', () => {
  const stroke = stand(ROWS, 'split', 1)
  stroke.drag(at(1, 2.4), at(1, 1.5), at(1, 0.5), at(1, -0.4))
  expect(stroke.done.map(({ kind }) => kind)).toEqual(['split'])
  const corners = stand(ROWS, 'split', 1)
  for (const place of [at(1, 2.4), at(1, -0.4)]) corners.drag(place)
  expect(corners.done).toEqual([])
  corners.tool.double(at(1, -0.4))
  expect(corners.letters()).toBe(stroke.letters())
  expect(new Set(stroke.letters()).size).toBe(3)
})

test('split: Backspace takes back a corner, Enter ends the line, Esc forgets it', () => {
  const { tool, drag, done } = stand(ROWS, 'split', 1)
  drag(at(1, 2.4))
  drag(at(0.2, 0.2))
  expect(tool.key('Backspace')).toBe(true)
  expect(tool.key('Enter')).toBe(false)
  drag(at(1, -0.4))
  expect(tool.key('Enter')).toBe(true)
  expect(done.length).toBe(1)
  drag(at(0.5, 2))
  tool.cancel()
  expect(tool.key('Backspace')).toBe(false)
})

test('merge: first the one that stays, then its neighbour', () => {
  const { tool, letters } = stand(ROWS, 'merge')
  tool.click(at(2.5, 0.5))
  tool.click(at(0.5, 0.5))
  expect(letters()).toBe('bbbbbb')
})

test('merge: the same grid twice means nothing', () => {
  const { tool, done } = stand(ROWS, 'merge')
  tool.click(at(2.5, 0.5))
  tool.click(at(2.5, 1.5))
  tool.click(at(0.5, 0.5))
  expect(done).toEqual([])
})

test('lock and station are one press each', () => {
  const lock = stand(ROWS, 'lock')
  lock.tool.click(at(0.5, 0.5))
  lock.tool.click(at(0.5, 0.5))
  expect(lock.done).toEqual([
    { kind: 'lock', grid: 1 },
    { kind: 'unlock', grid: 1 },
  ])
  const station = stand(ROWS, 'station', 2)
  station.tool.click(at(2.5, 0.5))
  expect(station.done).toEqual([{ kind: 'station', grid: 2, at: [250, 50] }])
})

test('a tool that is left leaves nothing behind', () => {
  const { tool, leave } = stand(ROWS, 'split', 1)
  tool.down(at(1, 2.4))
  tool.move(at(1, 1), 'pressed')
  leave()
  const { line, hot, grids, handle } = useSketch.getState()
  expect([line, hot.size, grids, handle]).toEqual([[], 0, [], null])
})
