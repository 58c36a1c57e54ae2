import { readFileSync } from 'node:fs'
import { decode, type DemoFiles } from './codec.ts'
import type { Demo } from './demo.ts'

export const DATA = new URL('./data/', import.meta.url)

export const FILES = [
  'places.json',
  'fabric.json',
  'buildings.json',
  'basemap.json',
] as const satisfies readonly (keyof DemoFiles)[]

/** The committed sub-district. */
export function readDemo(): Demo {
  return decode({
    'places.json': parsed('places.json'),
    'fabric.json': parsed('fabric.json'),
    'buildings.json': parsed('buildings.json'),
    'basemap.json': parsed('basemap.json'),
  })
}

function parsed<K extends keyof DemoFiles>(name: K): DemoFiles[K] {
  return JSON.parse(readFileSync(new URL(name, DATA), 'utf8'))
}
