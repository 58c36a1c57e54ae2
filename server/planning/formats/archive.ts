import { unzipSync, zipSync } from 'fflate'
import { FormatError } from './format.ts'

const MAX_FILES = 100
const MAX_BYTES = 64e6

/** Begins with the signature of a ZIP archive. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9
}

/**
 * Files of an archive by their lower-case names, folders taken off. Refuses before it unpacks, by the sizes that the archive
 * states; what unpacks to more than it stated is refused as well, since no more room is given to it.
 */
export function unpack(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let [files, total] = [0, 0]
  try {
    const found = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (isNoise(name)) return false
        files++
        total += originalSize
        if (files > MAX_FILES || total > MAX_BYTES) throw tooLarge()
        return true
      },
    })
    return new Map(Object.entries(found).map(([name, content]) => [bare(name), content]))
  } catch (error) {
    if (error instanceof FormatError) throw error
    throw new FormatError('压缩包已损坏，无法解开。', 'The archive is damaged and cannot be unpacked.')
  }
}

/** One archive of the files. */
export function pack(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  // No clock here: equal contents make equal archives. 1980 is where the format's calendar begins.
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) })
}

const isNoise = (name: string): boolean => name.endsWith('/') || name.includes('__MACOSX')

const bare = (name: string): string => (name.split(/[/\\]/).at(-1) ?? name).toLowerCase()

function tooLarge(): FormatError {
  return new FormatError(
    `压缩包过大：解开后最多 ${MAX_FILES} 个文件、${MAX_BYTES / 1e6} MB。`,
    `The archive is too large: at most ${MAX_FILES} files and ${MAX_BYTES / 1e6} MB when unpacked.`,
  )
}
