import type { BoundaryFault, Severity } from '../../geodata/gate-faults.ts'
import { rounded } from '../../geodata/gate-faults.ts'
import type { Repaired } from '../../geodata/gate-repair.ts'
import type { Voice, Words } from './language.ts'

const SEVERITIES: Readonly<Record<Severity, Words & { readonly mark: string }>> = {
  error: { mark: '✗', zh: '错误', en: 'error' },
  repairable: { mark: '!', zh: '可修复', en: 'repairable' },
  note: { mark: '·', zh: '提示', en: 'note' },
}

/** Of each kind of fault so many are written out. */
const SHOWN = 20

/** The faults, worst first, each with its grids and the place to look at. */
export function printFaults(faults: readonly BoundaryFault[], voice: Voice, shown = SHOWN): void {
  for (const [code, group] of Map.groupBy(faults, (fault) => `${fault.severity} ${fault.code}`)) {
    for (const fault of group.slice(0, shown)) {
      const { mark, ...severity } = SEVERITIES[fault.severity]
      const place = fault.at === null ? '' : `  @ ${fault.at.join(', ')}`
      voice.say({
        zh: `${mark} ${severity.zh} ${fault.code}  ${few(fault.grids)}${place}  ${fault.zh}`,
        en: `${mark} ${severity.en} ${fault.code}  ${few(fault.grids)}${place}  ${fault.en}`,
      })
    }
    const rest = group.length - shown
    const kind = code.split(' ')[1] ?? ''
    if (rest > 0)
      voice.say({
        zh: `  …另有 ${rest} 项 ${kind}（--all 全部列出）`,
        en: `  … ${rest} more ${kind} (--all lists them)`,
      })
  }
  const count = (severity: Severity): number => faults.filter((fault) => fault.severity === severity).length
  voice.say({
    zh: `错误 ${count('error')}，可修复 ${count('repairable')}，提示 ${count('note')}`,
    en: `${count('error')} errors, ${count('repairable')} repairable, ${count('note')} notes`,
  })
}

function few(grids: readonly string[]): string {
  if (grids.length <= 4) return grids.join(' ')
  return `${grids.slice(0, 3).join(' ')} … (${grids.length})`
}

const REASONS = {
  overlap: { zh: '重叠', en: 'overlap' },
  gap: { zh: '空隙', en: 'gap' },
  sliver: { zh: '碎片', en: 'sliver' },
} as const

/** What a repair did: every area that changed hands, and every grid whose area is another. */
export function printRepair(
  { joined, inserted, moves, changes }: Repaired,
  voice: Voice,
  shown = SHOWN,
): void {
  voice.say({
    zh: `修复：对齐顶点 ${joined} 个，补入顶点 ${inserted} 个，易主面积 ${moves.length} 项，面积有变的网格 ${changes.length} 个`,
    en: `Repair: ${joined} vertices joined, ${inserted} written into edges, ${moves.length} areas changed hands, ${changes.length} grids of another size`,
  })
  const nobody = { zh: '（无）', en: '(nobody)' }
  for (const { why, from, to, areaM2 } of moves.slice(0, shown)) {
    const reason = REASONS[why]
    voice.say({
      zh: `  ${reason.zh} ${rounded(areaM2)} m²：${from ?? nobody.zh} → ${to ?? nobody.zh}`,
      en: `  ${reason.en} ${rounded(areaM2)} m²: ${from ?? nobody.en} → ${to ?? nobody.en}`,
    })
  }
  for (const { code, beforeM2, afterM2 } of changes.slice(0, shown)) {
    const change = `${beforeM2.toFixed(0)} → ${afterM2.toFixed(0)} m² (${signed(afterM2 - beforeM2)})`
    voice.say({ zh: `  网格 ${code}：${change}`, en: `  grid ${code}: ${change}` })
  }
  const rest = Math.max(0, moves.length - shown) + Math.max(0, changes.length - shown)
  if (rest > 0) voice.say({ zh: `  …另有 ${rest} 行（--all）`, en: `  … ${rest} more lines (--all)` })
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${rounded(Math.abs(value))}`
}

/** The faults as points, to be looked at on a map. */
export function faultsGeoJson(faults: readonly BoundaryFault[]): string {
  const features = faults.flatMap(({ at, grids, ...fault }) =>
    at === null
      ? []
      : [
          {
            type: 'Feature',
            properties: { ...fault, grids: grids.join(' ') },
            geometry: { type: 'Point', coordinates: at },
          },
        ],
  )
  return `${JSON.stringify({ type: 'FeatureCollection', features })}\n`
}
