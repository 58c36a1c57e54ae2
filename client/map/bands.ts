/** What a layer is, so that the z-order can be one list (client/app/layers.ts) and nobody draws by layer name. */
export type Band =
  | 'ground'
  | 'choropleth'
  | 'network'
  | 'borders'
  | 'density'
  | 'names'
  | 'dots'
  | 'events'
  | 'marks'
