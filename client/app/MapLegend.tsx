import type { EventRow, Light } from '#contract/events'
import type { GridKind } from '#contract/grids'
import { light } from '#rules/deadlines'
import { useLive } from '../data/live.ts'
import { useMay } from '../data/me.ts'
import { useGridPaint } from '../data/paint.ts'
import { HEAT_PAINTS, useView } from '../data/view.ts'
import { HEAT_STOPS } from '../events/density.ts'
import { URGENCY } from '../events/icons.ts'
import { paintUnder } from '../grids/layer.ts'
import { COUNT_BOUNDS } from '../grids/measure.ts'
import { useLocal } from '../i18n/local.ts'
import { Choice, LegendCard, ScaleBar, Swatch } from '../map/Legend.tsx'
import css from '../map/map.module.css'
import { paletteOf, type Palette } from '../map/palette.ts'
import type { Look } from '../map/scene.ts'
import { LightMark } from '../ui/LightMark.tsx'

const KINDS: readonly GridKind[] = ['urban-full-time', 'urban-comprehensive', 'rural-comprehensive']
const DEADLINES = ['far', 'days', 'day', 'hours', 'hour', 'over'] as const

interface Props {
  readonly look: Look
  /** The markers of the map, for their counts. */
  readonly events: readonly EventRow[]
  readonly now: number
}

/** What the colours and shapes mean, and the switches that choose between them. */
export function MapLegend(props: Props) {
  const hasEvents = useMay('events.read')
  return (
    <LegendCard>
      <GridBlock palette={paletteOf(props.look)} />
      {hasEvents ? (
        <>
          <LightBlock {...props} />
          <HistoryBlock palette={paletteOf(props.look)} />
        </>
      ) : null}
    </LegendCard>
  )
}

/** A class as it looks on the land. */
const washed = (color: string | undefined, palette: Palette): string =>
  `color-mix(in srgb, ${color ?? palette.field} ${palette.wash * 100}%, ${palette.field})`

function GridBlock({ palette }: { readonly palette: Palette }) {
  const { t } = useLocal()
  const { paint: chosen, choices } = useGridPaint()
  const heat = useView((view) => view.heat)
  const paint = paintUnder(chosen, heat)
  const set = useView((view) => view.set)
  return (
    <div className={css['block']}>
      <Choice
        label={t('legend.grids')}
        values={choices}
        value={chosen}
        wordOf={(value) => t(`legend.paint.${value}`)}
        onChange={(grids) => set({ grids })}
      />
      {paint === chosen ? null : <p className={css['hint']}>{t('legend.paintHint')}</p>}
      {paint === 'deadline' ? <DeadlineScale palette={palette} /> : null}
      {paint === 'kind' ? (
        <ul className={css['swatches']}>
          {KINDS.map((kind) => (
            <Swatch key={kind} color={washed(palette.kinds[kind], palette)}>
              {t(`kind.${kind}`)}
            </Swatch>
          ))}
        </ul>
      ) : null}
      {paint === 'open' ? (
        <ScaleBar
          kind="classes"
          colors={palette.counts.map((color) => washed(color, palette))}
          marks={[...COUNT_BOUNDS].map((n, i) => (i === 5 ? `${n}+` : String(n)))}
        />
      ) : null}
    </div>
  )
}

function DeadlineScale({ palette }: { readonly palette: Palette }) {
  const { t } = useLocal()
  return (
    <ScaleBar
      kind="classes"
      colors={palette.deadline.map((color) => washed(color, palette))}
      marks={DEADLINES.map((word) => t(`legend.short.${word}`))}
      titles={DEADLINES.map((word) => t(`legend.deadline.${word}`))}
    />
  )
}

/** On a wall nobody presses anything: only what the ground's colours mean. */
export function WallKey({ look }: { readonly look: Look }) {
  const { t } = useLocal()
  return (
    <section className={`${css['card']} ${css['wallKey']}`} aria-label={t('legend.title')}>
      {t('legend.paint.deadline')}
      <DeadlineScale palette={paletteOf(look)} />
    </section>
  )
}

function LightBlock({ events, now }: Props) {
  const { t, number } = useLocal()
  const filter = useView((view) => view.filter)
  const set = useView((view) => view.set)
  const isKnown = useLive((live) => live.loaded)
  const counts = Map.groupBy(events, (event) => light(event, now))

  function toggle(name: Light): void {
    const { light: chosen = [], ...rest } = filter
    const next = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]
    set({ filter: next.length > 0 ? { ...rest, light: next } : rest })
  }

  return (
    <div className={css['block']}>
      <span>{t('legend.lights')}</span>
      <div className={css['lights']}>
        {URGENCY.map((name) => (
          <button
            key={name}
            type="button"
            className={css['light']}
            aria-pressed={filter.light?.includes(name) ?? false}
            onClick={() => toggle(name)}
          >
            <LightMark light={name} size={14} />
            {t(`light.${name}`)}
            <b>{isKnown ? number(counts.get(name)?.length ?? 0) : '–'}</b>
          </button>
        ))}
      </div>
    </div>
  )
}

function HistoryBlock({ palette }: { readonly palette: Palette }) {
  const { t } = useLocal()
  const heat = useView((view) => view.heat)
  const set = useView((view) => view.set)
  return (
    <div className={css['block']}>
      <Choice
        label={t('legend.history')}
        values={HEAT_PAINTS}
        value={heat}
        wordOf={(value) => t(`legend.heat.${value}`)}
        onChange={(next) => set({ heat: next })}
      />
      {heat === 'heat' || heat === 'hexagon' ? (
        <>
          <ScaleBar
            kind={heat === 'heat' ? 'ramp' : 'classes'}
            colors={palette.heat}
            marks={HEAT_STOPS.map(String)}
          />
          <p className={css['hint']}>
            {t('legend.unit')}
            <br />
            {t('legend.heatHint')}
          </p>
        </>
      ) : null}
      {heat === 'dots' ? <p className={css['hint']}>{t('legend.dotsHint')}</p> : null}
    </div>
  )
}
