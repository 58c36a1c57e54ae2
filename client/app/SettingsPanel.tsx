import { Button, SegmentedControl, Stack, useMantineColorScheme } from '@mantine/core'
import { IconDeviceTv, IconKeyboard } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { readHealth } from '#contract/http'
import { call } from '../data/api.ts'
import { useSubdistrict } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { LanguageChoice } from '../ui/LanguageChoice.tsx'
import { Fact, Facts, Panel, Scroll, Section } from '../ui/Panel.tsx'
import css from './settings.module.css'
import { KeyTable } from './Help.tsx'

const SCHEMES = ['auto', 'light', 'dark'] as const

export function SettingsPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  return (
    <Panel title={t('settings.title')} onClose={onClose}>
      <Scroll>
        <Section heading={t('settings.look')}>
          <Look />
        </Section>
        <Section heading={t('settings.screens')}>
          <p className={css['note']}>{t('settings.wallHint')}</p>
          <Button
            component="a"
            href="/wall"
            target="_blank"
            size="xs"
            variant="default"
            leftSection={<IconDeviceTv size={16} />}
          >
            {t('settings.openWall')}
          </Button>
        </Section>
        <Section
          heading={
            <span className={css['heading']}>
              <IconKeyboard size={15} aria-hidden /> {t('settings.keys')}
            </span>
          }
        >
          <KeyTable />
        </Section>
        <Section heading={t('settings.about')}>
          <About />
        </Section>
      </Scroll>
    </Panel>
  )
}

function Look() {
  const { t } = useLocal()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Stack gap={8}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('theme.label')}
        value={colorScheme}
        onChange={setColorScheme}
        data={SCHEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
      />
      <LanguageChoice width="full" />
    </Stack>
  )
}

function About() {
  const { t, either, number } = useLocal()
  const place = useSubdistrict().data
  const health = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => call(readHealth, { signal }),
  }).data
  const urban = place?.communities.filter((each) => each.area === 'urban').length ?? 0
  return (
    <Facts>
      {place ? (
        <>
          <Fact label={t('settings.subdistrict')}>{either(place.name, place.nameEn)}</Fact>
          <Fact label={t('settings.code')}>{place.code}</Fact>
          <Fact label={t('settings.communities')}>
            {t('settings.communitiesOf', { urban, rural: place.communities.length - urban })}
          </Fact>
          <Fact label={t('settings.grids')}>{number(place.grids)}</Fact>
          <Fact label={t('settings.households')}>{number(place.households)}</Fact>
        </>
      ) : null}
      {health ? (
        <>
          <Fact label={t('settings.database')}>
            {`${t(`settings.${health.database.kind}`)} · ${health.database.version}`}
          </Fact>
          <Fact label={t('settings.postgis')}>{health.database.postgis}</Fact>
          <Fact label={t('settings.migrations')}>{health.migrations.applied}</Fact>
          <Fact label={t('settings.viewers')}>{number(health.viewers)}</Fact>
        </>
      ) : null}
    </Facts>
  )
}
