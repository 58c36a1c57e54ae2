import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { AuditFilter } from '#contract/audit'
import { useLocal } from '../i18n/local.ts'
import { fileOf } from './audit.ts'

/** Every line of the filter as a file. */
export function AuditFiles({ filter }: { readonly filter: AuditFilter }) {
  const { t, language } = useLocal()
  return (['csv', 'xlsx'] as const).map((format) => (
    <Button
      key={format}
      component="a"
      href={fileOf(filter, format, language)}
      download
      size="xs"
      variant="default"
      mr={6}
      leftSection={<IconDownload size={14} aria-hidden />}
      aria-label={t('audit.export', { format: format.toUpperCase() })}
      title={t('audit.exportNote')}
    >
      {format.toUpperCase()}
    </Button>
  ))
}
