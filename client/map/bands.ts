/** Z-order of everything on the map, lowest first. A feature says in which band it draws; nobody draws by layer name. */
export const BANDS = [
  'ground',
  'choropleth',
  'network',
  'borders',
  'density',
  'names',
  'dots',
  'events',
  'marks',
] as const

export type Band = (typeof BANDS)[number]
