import { useCallback, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Problem } from '#contract/http'
import { addPhoto, type PhotoStage } from '#contract/photos'
import { Refusal } from '../data/api.ts'
import { heard } from '../data/session.ts'

/** A picture on its way. */
export interface Upload {
  readonly key: number
  readonly file: File
  readonly stage: PhotoStage
  /** 0 to 1. */
  readonly sent: number
  readonly error: unknown
}

export const MOST_MB = 12
let nextKey = 1

/** Sends pictures of one event, one after the other; each says how far it is, and one that fails can be sent again. */
export function useUploads(id: number) {
  const client = useQueryClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const change = useCallback(
    (key: number, part: Partial<Upload>) =>
      setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each))),
    [],
  )
  const dismiss = useCallback(
    (key: number) => setUploads((all) => all.filter((each) => each.key !== key)),
    [],
  )

  async function run({ key, file, stage }: Upload): Promise<void> {
    change(key, { sent: 0, error: null })
    try {
      await send(id, file, stage, (sent) => change(key, { sent }))
      await client.invalidateQueries({ queryKey: ['event', id] })
      dismiss(key)
    } catch (error) {
      change(key, { error })
    }
  }

  async function add(files: Iterable<File>, stage: PhotoStage): Promise<void> {
    const born = [...files].map((file): Upload => ({
      key: nextKey++,
      file,
      stage,
      sent: 0,
      error: faultOf(file),
    }))
    setUploads((all) => [...all, ...born])
    for (const each of born) if (each.error === null) await run(each)
  }

  return { uploads, add, again: run, dismiss }
}

/** Why a file is not even sent. */
export type FileFault = 'tooLarge' | 'notPicture'

function faultOf({ size, type }: File): FileFault | null {
  if (!type.startsWith('image/') || type === 'image/svg+xml') return 'notPicture'
  return size > MOST_MB * 1024 * 1024 ? 'tooLarge' : null
}

/** By XMLHttpRequest, which alone tells how much has been sent. */
function send(id: number, file: File, stage: PhotoStage, onSent: (share: number) => void): Promise<void> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${addPhoto.path.replace(':id', String(id))}?stage=${stage}`)
    request.setRequestHeader('content-type', sendable(file.type))
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      if (request.status < 300) {
        heard('given')
        done()
        return
      }
      const problem = problemIn(request)
      heard(problem)
      fail(new Refusal(problem))
    })
    request.addEventListener('error', () => fail(new Refusal(unknown(0))))
    request.send(file)
  })
}

const NAMED = ['image/jpeg', 'image/png', 'image/webp', 'image/avif']
/** What the browser calls something else goes as bytes: the server looks for itself. */
const sendable = (type: string) => (NAMED.includes(type) ? type : 'application/octet-stream')

function problemIn(request: XMLHttpRequest): Problem {
  try {
    return JSON.parse(request.responseText) as Problem
  } catch {
    return unknown(request.status)
  }
}

function unknown(status: number): Problem {
  return { type: 'about:blank', title: '', status, detail: '', en: { title: '', detail: '' } }
}
