import type { Light } from '#contract/events'
import type { GridKind } from '#contract/grids'
import type { Look } from './scene.ts'

/**
 * Colours of the map, designed twice. The paper is quiet, so that the few saturated things on it are the ones that matter:
 * lights for lateness, one accent for what a person chose.
 */
export interface Palette {
  readonly paper: string
  readonly field: string
  readonly fieldEdge: string
  readonly park: string
  readonly built: string
  readonly oldtown: string
  readonly industry: string
  readonly civic: string
  readonly village: string
  readonly water: string
  readonly shore: string
  readonly building: string
  readonly buildingEdge: string
  readonly road: string
  readonly roadMain: string
  readonly roadTrunk: string
  readonly casing: string
  readonly casingTrunk: string
  readonly track: string
  readonly ink: string
  readonly inkSoft: string
  readonly inkFaint: string
  readonly inkWater: string
  readonly inkPark: string
  readonly halo: string
  readonly border: string
  readonly borderStrong: string
  readonly accent: string
  readonly accentWash: string
  readonly lights: Readonly<Record<Light, string>>
  /** Outline of dots and disks. */
  readonly rim: string
  readonly disk: string
  readonly kinds: Readonly<Record<GridKind, string>>
  /** From far away to overdue: deeper at each step on paper, brighter at each step on ink. */
  readonly deadline: readonly string[]
  /** How thickly the classes of grids lie on the ground. */
  readonly wash: number
  readonly counts: readonly string[]
  /** Density of events, one colour for each doubling. */
  readonly heat: readonly string[]
  readonly dot: readonly [number, number, number, number]
}

/** Okabe–Ito hues; the two ends are darkened so that they also differ in lightness. */
const LIGHTS_ON_PAPER = {
  green: '#00856a',
  amber: '#e69f00',
  red: '#c43c12',
  hold: '#7d838b',
  done: '#a9adb2',
}
const LIGHTS_ON_INK = { green: '#1fb894', amber: '#f2b134', red: '#ff6a3d', hold: '#8d949d', done: '#5c636b' }

const LIGHT: Palette = {
  paper: '#f4f2ec',
  field: '#eeede1',
  fieldEdge: '#e0decd',
  park: '#d8e6c8',
  built: '#f4f0e8',
  oldtown: '#f1e7d6',
  industry: '#e9e8ea',
  civic: '#f3e8d6',
  village: '#f4ecdf',
  water: '#c3dae4',
  shore: '#9dbfcd',
  building: '#e3ddd1',
  buildingEdge: '#d0c8b8',
  road: '#ffffff',
  roadMain: '#ffffff',
  roadTrunk: '#fbe9bd',
  casing: '#cfcbbb',
  casingTrunk: '#d3b978',
  track: '#d8d2bf',
  ink: '#2b3036',
  inkSoft: '#555c64',
  inkFaint: '#868b8f',
  inkWater: '#4b7d93',
  inkPark: '#5c7a4a',
  halo: '#fbfaf6',
  border: '#8f8a7c',
  borderStrong: '#5d594f',
  accent: '#0b7285',
  accentWash: '#0b7285',
  lights: LIGHTS_ON_PAPER,
  rim: '#ffffff',
  disk: '#fffefa',
  kinds: { 'urban-full-time': '#8fb8de', 'urban-comprehensive': '#d7a6cf', 'rural-comprehensive': '#b9c483' },
  deadline: ['#f3e3b8', '#efcd86', '#e6ad52', '#db8534', '#c85a2a', '#9a241c'],
  wash: 0.5,
  counts: ['#dcebe4', '#b3d6d0', '#83bcc0', '#539eae', '#2f7d99', '#1f5a7d'],
  heat: ['#e4ecd2', '#bfe0c0', '#84cbb3', '#49afad', '#2b8ea3', '#2a6b96', '#3b4784', '#46226a'],
  dot: [11, 90, 120, 135],
}

const DARK: Palette = {
  paper: '#101418',
  field: '#1a2025',
  fieldEdge: '#1e2428',
  park: '#172420',
  built: '#1a1f25',
  oldtown: '#1f2226',
  industry: '#1c2026',
  civic: '#221f22',
  village: '#1d2125',
  water: '#10303e',
  shore: '#1d4656',
  building: '#262c33',
  buildingEdge: '#333a42',
  road: '#2c333b',
  roadMain: '#363e47',
  roadTrunk: '#474538',
  casing: '#0f1215',
  casingTrunk: '#0f1215',
  track: '#2a3034',
  ink: '#dfe3e7',
  inkSoft: '#a8b0b8',
  inkFaint: '#78818a',
  inkWater: '#6ba4bb',
  inkPark: '#7fa27a',
  halo: '#101418',
  border: '#5a636c',
  borderStrong: '#8a949e',
  accent: '#4cc3d9',
  accentWash: '#4cc3d9',
  lights: LIGHTS_ON_INK,
  rim: '#0e1216',
  disk: '#1d232a',
  kinds: { 'urban-full-time': '#4a7fb5', 'urban-comprehensive': '#9c6398', 'rural-comprehensive': '#7d8a45' },
  deadline: ['#4b4537', '#6d5931', '#94702c', '#b97a29', '#c76c30', '#d15647'],
  wash: 0.5,
  counts: ['#1c3036', '#1f4650', '#236171', '#2f8093', '#48a5b3', '#7accd0'],
  heat: ['#1d3044', '#1f4a63', '#22697c', '#2d8a88', '#55ab86', '#94c97b', '#d8dd74', '#fdf3a6'],
  dot: [120, 200, 215, 135],
}

export const paletteOf = (look: Pick<Look, 'theme'>): Palette => (look.theme === 'dark' ? DARK : LIGHT)

/**
 * Without a glyphs address MapLibre draws every glyph on this machine, Latin and Han alike, from `text-font` as a CSS font
 * list. It reads the weight out of the first name only, so the first name is there for its weight.
 */
const FAMILIES = ['PingFang SC', 'Hiragino Sans GB', 'Noto Sans CJK SC', 'Microsoft YaHei']
export const FONT = {
  regular: ['Wangge Regular', ...FAMILIES],
  medium: ['Wangge Medium', ...FAMILIES],
  bold: ['Wangge Bold', ...FAMILIES],
  italic: ['Wangge Italic', ...FAMILIES],
}
