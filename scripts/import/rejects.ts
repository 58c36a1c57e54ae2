import { open, rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { TableRow } from './table.ts'
import type { Words } from './language.ts'
import { Wrong } from './usage.ts'

/** The file of rows that were not taken, with the reason: to be corrected and imported in its turn. */
export interface Rejects {
  readonly path: string
  readonly add: (row: TableRow, why: Words) => Promise<void>
  /** Rows written; without any, no file is left. */
  readonly close: () => Promise<number>
}

/** Written beside its place and moved there when complete. Texts that a spreadsheet would run as formulas are disarmed. */
export async function openRejects(path: string, headings: readonly string[]): Promise<Rejects> {
  const unfinished = `${path}.part`
  const file = await open(unfinished, 'w').catch((cause: unknown) => {
    throw new Wrong(`无法写入 ${unfinished}`, `${unfinished} cannot be written`, { cause })
  })
  const writer = stringify({ bom: true, escape_formulas: true })
  const done = finished(writer.pipe(file.createWriteStream()))
  writer.write(['行号 row', '原因', 'reason', ...headings])
  let rows = 0
  return {
    path,
    async add({ line, cells }, { zh, en }) {
      rows++
      if (writer.write([String(line), zh, en, ...cells])) return
      await new Promise((resolve) => writer.once('drain', resolve))
    },
    async close() {
      writer.end()
      await done
      await rm(path, { force: true })
      if (rows > 0) await rename(unfinished, path)
      else await rm(unfinished, { force: true })
      return rows
    },
  }
}
