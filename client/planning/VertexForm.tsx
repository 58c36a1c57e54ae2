import { useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import type { PlanGrid } from '#geo/plan/draft'
import { useLocal } from '../i18n/local.ts'
import { Section } from '../ui/Panel.tsx'
import { bordersOf } from './around.ts'
import { placeIn, placeWords, useDoing } from './doing.ts'
import { useKeyName } from './opwords.ts'
import css from './sheet.module.css'
import { usePlanning } from './session.ts'
import { movesOf, pointOf, type Handle } from './tools/hit.ts'
import { useSketch } from './tools/tool.ts'

/** Points of the borders of the grid by list and by number: what dragging does, without dragging. */
export function VertexForm({ grid }: { readonly grid: PlanGrid }) {
  const { t } = useLocal()
  const draft = usePlanning((planning) => planning.draft)
  usePlanning((planning) => planning.tick)
  const nameOf = useKeyName()
  const vertex = useSketch((sketch) => sketch.vertex)
  const [other, setOther] = useState<string | null>(null)
  const { act, fault, say } = useDoing()
  if (!draft) return null
  const borders = bordersOf(draft, grid.key)
  const neighbours = [...new Set(borders.map((border) => border.other))]
  const handles = borders
    .filter((border) => String(border.other) === other)
    .flatMap(({ arc, points }) => {
      const line = draft.arcs.get(arc)
      return line ? points.map((at, i) => pointOf(line, i, at)) : []
    })
  const at = vertex ? handles.findIndex((handle) => String(handle.at) === String(vertex.at)) : -1
  return (
    <Section heading={t('planning.sheet.borderPoint')}>
      <div className={css['form']}>
        <Select
          size="xs"
          label={t('planning.sheet.neighbours')}
          value={other}
          onChange={setOther}
          data={neighbours.map((key) => ({
            value: String(key),
            label: t('planning.sheet.borderWith', { grid: nameOf(key) }),
          }))}
        />
        {other === null ? null : (
          <Select
            size="xs"
            label={t('planning.sheet.points', { count: handles.length })}
            value={at === -1 ? null : String(at)}
            onChange={(value) => useSketch.setState({ vertex: handles[Number(value)] ?? null })}
            data={handles.map((handle, n) => ({
              value: String(n),
              label: t('planning.sheet.point', { n: n + 1, at: placeWords(handle.at) }),
            }))}
          />
        )}
        {vertex ? (
          <VertexPlace
            key={`${vertex.kind} ${String(vertex.at)}`}
            vertex={vertex}
            onMove={(text) => {
              const to = placeIn(text)
              if (!to) return say(t('planning.sheet.vertexHint'))
              if (act(...movesOf(vertex, to))) useSketch.setState({ vertex: { ...vertex, at: to } })
            }}
            onRemove={
              vertex.kind === 'vertex'
                ? () => {
                    const { arc, index } = vertex
                    if (act({ kind: 'remove-vertex', arc, index })) useSketch.setState({ vertex: null })
                  }
                : null
            }
          />
        ) : null}
        {fault ? (
          <p className={css['fault']} role="alert">
            {fault}
          </p>
        ) : null}
      </div>
    </Section>
  )
}

interface PlaceProps {
  readonly vertex: Handle
  readonly onMove: (text: string) => void
  readonly onRemove: (() => void) | null
}

function VertexPlace({ vertex, onMove, onRemove }: PlaceProps) {
  const { t } = useLocal()
  const [typed, setTyped] = useState(placeWords(vertex.at))
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault()
        onMove(typed)
      }}
    >
      <TextInput
        size="xs"
        label={t('planning.sheet.vertex')}
        description={t('planning.sheet.vertexHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={css['buttons']}>
        <Button size="xs" type="submit" variant="default">
          {t('planning.sheet.move')}
        </Button>
        {onRemove ? (
          <Button size="xs" variant="default" onClick={onRemove}>
            {t('planning.sheet.remove')}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
