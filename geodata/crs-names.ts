/**
 * The coordinate systems that Chinese boundary and event files come in. Inside the program there is one: WGS 84 / CGCS2000
 * degrees, longitude first. 4326 and 4490 differ by less than a decimetre, so both pass unchanged. The others are converted
 * once, at the edge. gcj02 and bd09 are the shifted coordinates of commercial maps; nothing in their numbers tells them from
 * 4326, only where they lie (about 500 m and 1 km off), so that they must be named.
 */
export const CRS_NAMES = [
  '4326',
  '4490',
  '4526',
  '4527',
  '4528',
  '4547',
  '4548',
  '4549',
  'gcj02',
  'bd09',
] as const
export type Crs = (typeof CRS_NAMES)[number]
