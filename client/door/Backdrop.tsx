import css from './backdrop.module.css'
import { MOTIF } from './motif.ts'

/** The quiet map behind the sign-in page. */
export function Backdrop() {
  return (
    <svg
      className={css['map']}
      viewBox={`0 0 ${MOTIF.width} ${MOTIF.height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden
    >
      {MOTIF.grids.map(({ path, shade }) => (
        <path key={path} className={css['grid']} data-shade={shade} d={path} />
      ))}
      <path className={css['river']} d={MOTIF.river} />
      {MOTIF.roads.map((path) => (
        <g key={path}>
          <path className={css['verge']} d={path} />
          <path className={css['road']} d={path} />
        </g>
      ))}
    </svg>
  )
}
