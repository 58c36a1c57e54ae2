import { useEffect, useState } from 'react'
import { Button, Textarea, TextInput } from '@mantine/core'
import { IconCurrentLocation, IconMapPinPlus } from '@tabler/icons-react'
import type { PlanComment } from '#contract/planning'
import type { Position } from '#geo/geojson'
import { serverNow } from '../../data/live.ts'
import { useView } from '../../data/view.ts'
import { useLocal } from '../../i18n/local.ts'
import { exactWords } from '../../i18n/span.ts'
import { Scroll, Section } from '../../ui/Panel.tsx'
import { Empty, Failure, RowsComing, useSentence } from '../../ui/States.tsx'
import { flyTo, unpoint, usePointed } from '../impact/pointed.ts'
import { usePlanning } from '../session.ts'
import { stopAiming, useAim } from './aim.ts'
import { useAddComment, useComments, useResolveComment } from './queries.ts'
import css from './scenarios.module.css'

/** What people say about places of the draft; the open ones are marked on the map while one reads them. */
export function CommentsSheet() {
  const { t } = useLocal()
  const scenario = usePlanning((planning) => planning.scenario)
  const { data, error, refetch } = useComments(scenario?.id ?? 0)
  if (!scenario) return <Empty title={t('scenarios.decide.readonlyPlan')} />
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <RowsComing rows={4} />
  return (
    <Scroll>
      <Section heading={t('scenarios.comments.add')}>
        <CommentForm scenario={scenario.id} />
      </Section>
      <Comments comments={data} scenario={scenario.id} />
    </Scroll>
  )
}

interface CommentsProps {
  readonly comments: readonly PlanComment[]
  readonly scenario: number
}

function Comments({ comments, scenario }: CommentsProps) {
  const { t } = useLocal()
  const [isLong, setLong] = useState(false)
  const { open = [], settled = [] } = Object.groupBy(comments, ({ resolvedAt }) =>
    resolvedAt === null ? 'open' : 'settled',
  )
  usePins(open)
  return (
    <Section heading={t('scenarios.comments.open', { count: open.length })}>
      {comments.length === 0 ? (
        <Empty title={t('scenarios.comments.none')} note={t('scenarios.comments.noneHint')} />
      ) : null}
      <ol className={css['list']}>
        {open.map((comment, i) => (
          <Line key={comment.id} comment={comment} n={i + 1} scenario={scenario} />
        ))}
      </ol>
      {settled.length > 0 && !isLong ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setLong(true)}>
          {t('scenarios.comments.showResolved', { count: settled.length })}
        </Button>
      ) : null}
      {isLong ? (
        <ol className={css['list']}>
          {settled.map((comment, i) => (
            <Line key={comment.id} comment={comment} n={open.length + i + 1} scenario={scenario} />
          ))}
        </ol>
      ) : null}
    </Section>
  )
}

function usePins(open: readonly PlanComment[]): void {
  const { t } = useLocal()
  const words = t('scenarios.comments.pins', { count: open.length })
  const places = JSON.stringify(open.map(({ position }) => position))
  useEffect(() => {
    const points = JSON.parse(places) as Position[]
    usePointed.setState({ pointed: points.length > 0 ? { points, words } : null })
  }, [places, words])
  useEffect(() => unpoint, [])
}

interface LineProps {
  readonly comment: PlanComment
  readonly n: number
  readonly scenario: number
}

function Line({ comment, n, scenario }: LineProps) {
  const { t } = useLocal()
  const resolve = useResolveComment(scenario)
  const sentence = useSentence()
  const { by, at, text, position, resolvedAt, resolvedBy } = comment
  const [lng = 0, lat = 0] = position
  const when = (instant: string) => exactWords(t, Date.parse(instant), serverNow())
  const nobody = t('scenarios.log.unknown')
  return (
    <li>
      <button
        type="button"
        className={css['number']}
        data-done={resolvedAt !== null}
        aria-label={t('scenarios.comments.show', { n })}
        title={t('scenarios.comments.show', { n })}
        onClick={() => flyTo([[lng, lat]])}
      >
        {n}
      </button>
      <div className={css['what']}>
        <span className={css['said']}>{text}</span>
        <small>{t('scenarios.decide.by', { by: by ?? nobody, at: when(at) })}</small>
        {resolvedAt === null ? null : (
          <small>
            {t('scenarios.comments.resolved', { by: resolvedBy ?? nobody, at: when(resolvedAt) })}
          </small>
        )}
        {resolve.error ? <small role="alert">{sentence(resolve.error)}</small> : null}
      </div>
      {resolvedAt === null ? (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={resolve.isPending}
          onClick={() => resolve.mutate(comment.id)}
        >
          {t('scenarios.comments.resolve')}
        </Button>
      ) : null}
    </li>
  )
}

const written = ([lng, lat]: Position): string => `${lng.toFixed(6)}, ${lat.toFixed(6)}`

function CommentForm({ scenario }: { readonly scenario: number }) {
  const { t } = useLocal()
  const [at, setAt] = useState('')
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const isAiming = useAim(({ take }) => take !== null)
  const camera = useView((view) => view.camera)
  const add = useAddComment(scenario)
  const sentence = useSentence()
  useEffect(() => stopAiming, [])
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault()
        const position = positionOf(at)
        setWrong(position === null)
        if (!position || text.trim() === '') return
        add.mutate(
          { position, text: text.trim() },
          {
            onSuccess: () => {
              setText('')
              setAt('')
            },
          },
        )
      }}
    >
      <div className={css['buttons']}>
        <Button
          size="xs"
          variant={isAiming ? 'filled' : 'default'}
          aria-pressed={isAiming}
          leftSection={<IconMapPinPlus size={15} />}
          onClick={() =>
            isAiming ? stopAiming() : useAim.setState({ take: (place) => setAt(written(place)) })
          }
        >
          {t('scenarios.comments.pick')}
        </Button>
        {camera ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCurrentLocation size={15} />}
            onClick={() => setAt(written(camera.center))}
          >
            {t('scenarios.comments.centre')}
          </Button>
        ) : null}
      </div>
      {isAiming ? <output className={css['soft']}>{t('scenarios.comments.picking')}</output> : null}
      <TextInput
        size="xs"
        label={t('scenarios.comments.at')}
        placeholder={t('scenarios.comments.atHint')}
        value={at}
        error={isWrong ? t('scenarios.comments.badPlace') : null}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxLength={1000}
        label={t('scenarios.comments.text')}
        value={text}
        error={add.error ? sentence(add.error) : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button size="xs" type="submit" loading={add.isPending} disabled={text.trim() === '' || at === ''}>
          {t('scenarios.comments.save')}
        </Button>
      </div>
    </form>
  )
}

/** “119.93, 32.45”, with a Chinese comma too. */
function positionOf(typed: string): Position | null {
  const [lng = Number.NaN, lat = Number.NaN, ...rest] = typed.split(/[,，\s]+/).map(Number)
  if (rest.length > 0 || Number.isNaN(lng) || Number.isNaN(lat)) return null
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? [lng, lat] : null
}
