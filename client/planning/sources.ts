/** What a draft is drawn from. */
export const SOURCES = {
  atoms: 'plan-atoms',
  arcs: 'plan-arcs',
  gone: 'plan-gone',
  labels: 'plan-labels',
  stations: 'plan-stations',
  handles: 'plan-handles',
  sketch: 'plan-sketch',
  /** Places that a sheet asked to see. */
  marked: 'plan-marked',
} as const
