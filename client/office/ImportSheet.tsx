import { useState } from 'react'
import { Button, FileButton, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import type { ImportAnswer, Sheet } from '#contract/deadlines'
import { headingAt } from '#rules/deadlines'
import { useCategoryName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { Panel, Scroll, Section } from '../ui/Panel.tsx'
import { Refused } from '../ui/Refused.tsx'
import { useSentence } from '../ui/States.tsx'
import css from './rules.module.css'
import { useImport } from './rules.ts'

interface Chosen {
  readonly name: string
  readonly format: Sheet
  readonly content: string
}

/** Base64 and the rest of the request stay below the 5 MB of a body. */
const MOST_BYTES = 3_000_000

/** A table of conditions, tried before it is put into force. */
export function ImportSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  const sentence = useSentence()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [isTooBig, setTooBig] = useState(false)
  const [reason, setReason] = useState('')
  const [preview, setPreview] = useState<ImportAnswer | null>(null)
  const sending = useImport()

  async function take(file: File | null): Promise<void> {
    setPreview(null)
    sending.reset()
    setTooBig(file !== null && file.size > MOST_BYTES)
    setChosen(file && file.size <= MOST_BYTES ? await read(file) : null)
  }

  function send(how: 'try' | 'apply'): void {
    if (!chosen) return
    const { format, content } = chosen
    sending.mutate(
      { format, content, encoding: 'base64', reason: reason.trim(), dryRun: how === 'try' },
      {
        onSuccess: (answer) => {
          if (how === 'try') {
            setPreview(answer)
            return
          }
          notifications.show({
            color: 'accent',
            message: t('rules.applied', { count: answer.changed.length }),
          })
          onClose()
        },
      },
    )
  }

  return (
    <Panel title={t('rules.importTitle')} onClose={onClose}>
      <Scroll>
        <Section>
          <div className={css['fields']}>
            <p className={css['note']}>{t('rules.importNote')}</p>
            <FileButton onChange={(file) => void take(file)} accept=".csv,.xlsx">
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
                >
                  {chosen?.name ?? t('rules.choosePile')}
                </Button>
              )}
            </FileButton>
            <Textarea
              size="xs"
              label={t('rules.reason')}
              placeholder={t('rules.reasonHint')}
              autosize
              minRows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Refused title={t('rules.refused')} why={isTooBig ? t('rules.tooBig') : null} />
            <Refused title={t('rules.refused')} why={sending.error ? sentence(sending.error) : null} />
            <div className={css['buttons']}>
              <Button
                variant={preview ? 'default' : 'filled'}
                disabled={!chosen || reason.trim() === ''}
                loading={sending.isPending}
                onClick={() => send('try')}
              >
                {t('rules.dryRun')}
              </Button>
              {preview && preview.changed.length > 0 ? (
                <Button loading={sending.isPending} onClick={() => send('apply')}>
                  {t('rules.apply', { count: preview.changed.length })}
                </Button>
              ) : null}
            </div>
          </div>
        </Section>
        {preview ? <Preview answer={preview} /> : null}
      </Scroll>
    </Panel>
  )
}

function Preview({ answer }: { readonly answer: ImportAnswer }) {
  const { t, either } = useLocal()
  const heading = (field: string) => {
    const words = headingAt(field)
    return words ? either(words.zh, words.en) : field
  }
  const nameOf = useCategoryName()
  const { changed, unchanged, rejected } = answer
  return (
    <>
      <Section heading={t('rules.changedN', { count: changed.length })}>
        {changed.length === 0 ? <p className={css['note']}>{t('rules.nothingNew')}</p> : null}
        <ul className={css['preview']}>
          {changed.map(({ row, category, ordinal, version, fields }) => (
            <li key={row}>
              <strong>{`${nameOf(category)} ${ordinal}`}</strong>
              <small>
                {version === 1
                  ? t('rules.fresh')
                  : `${t('rules.version', { version })} · ${t('rules.changes', {
                      fields: fields.map(heading).join(t('bound.and')),
                    })}`}
              </small>
              <span>{t('rules.row', { row })}</span>
            </li>
          ))}
        </ul>
      </Section>
      {rejected.length > 0 ? (
        <Section heading={t('rules.rejectedN', { count: rejected.length })}>
          <ul className={css['preview']} data-kind="rejected">
            {rejected.map(({ row, field, column, reason }) => (
              <li key={`${row} ${field}`}>
                <strong>{column === '' ? t('rules.whole') : column}</strong>
                <small>{either(reason.zh, reason.en)}</small>
                <span>{t('rules.row', { row })}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section>
        <p className={css['note']}>{t('rules.unchangedN', { count: unchanged.length })}</p>
      </Section>
    </>
  )
}

async function read(file: File): Promise<Chosen> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const format = /\.xlsx$/i.test(file.name) ? 'xlsx' : 'csv'
  return { name: file.name, format, content: base64Of(bytes) }
}

function base64Of(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => String.fromCodePoint(byte))
  return btoa(letters.join(''))
}
