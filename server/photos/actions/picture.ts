import sharp, { type Sharp } from 'sharp'
import { readExif, SAID_NOTHING, type Camera } from '#rules/photos'
import type { Words } from '../../http/contract.ts'
import { refuse, type Refusal } from '../../http/problems.ts'

/** A picture as it is kept: encoded anew, turned upright, without anything but its pixels. */
export interface Picture {
  readonly full: Buffer
  readonly thumb: Buffer
  readonly width: number
  readonly height: number
  /** What the camera had written into the file that came. */
  readonly camera: Camera
}

// Whatever a file calls itself, only these four decoders are ever asked: no SVG, no PDF, no GIF, no TIFF.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif'].map((kind) => `VipsForeignLoad${kind}Buffer`),
})
// One picture at a time in one thread: the requests of all others go on beside it.
sharp.concurrency(1)
sharp.cache(false)

const FULL = 1600
const THUMB = 320
/** A large phone's camera has 48 million; a bomb of some kilobytes may claim a thousand times that. */
const MAX_PIXELS = 50_000_000
const MAX_SECONDS = 20
const MAX_EXIF = 256 * 1024
const MAX_WAITING = 8

let running: Promise<unknown> = Promise.resolve()
let waiting = 0

/** Decodes, turns and encodes an upload. It waits for its turn, unless too many wait already. */
export async function encode(bytes: Buffer): Promise<Picture> {
  if (waiting > MAX_WAITING) throw tooMany()
  waiting++
  const turn = running.then(() => encodeNow(bytes))
  running = turn.catch(() => undefined)
  try {
    return await turn
  } finally {
    waiting--
  }
}

async function encodeNow(bytes: Buffer): Promise<Picture> {
  try {
    const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 } as const
    const { exif } = await sharp(bytes, options).metadata()
    const upright = within(sharp(bytes, options).autoOrient(), FULL)
    const full = await upright
      .webp({ quality: 80 })
      .timeout({ seconds: MAX_SECONDS })
      .toBuffer({ resolveWithObject: true })
    const thumb = await within(sharp(full.data), THUMB).webp({ quality: 70 }).toBuffer()
    const camera = exif && exif.length <= MAX_EXIF ? readExif(exif) : SAID_NOTHING
    const { width, height } = full.info
    return { full: full.data, thumb, width, height, camera }
  } catch (error) {
    throw badFile(reasonOf(bytes, error))
  }
}

function within(picture: Sharp, side: number): Sharp {
  return picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
}

/** Of an ISO media file: the boxes of phones that keep their pictures in HEVC. */
const HEIC = /^ftyp(hei[cxms]|hev[cxms])/

function reasonOf(bytes: Buffer, error: unknown): Words {
  if (HEIC.test(bytes.toString('latin1', 4, 12))) {
    return {
      zh: '手机的 HEIC 照片无法读取，请在相机设置里改为 JPEG（“兼容性最佳”）后重拍或转存。',
      en: 'HEIC pictures cannot be read; set the camera to JPEG ("most compatible") and take it again.',
    }
  }
  if (/pixel limit/i.test(String(error))) {
    return {
      zh: '图片尺寸过大（超过 5000 万像素）。',
      en: 'The picture is too large (over 50 million pixels).',
    }
  }
  return {
    zh: '无法读取这张图片：文件不完整，或不是 JPEG、PNG、WebP、AVIF。',
    en: 'The picture cannot be read: the file is cut off, or is none of JPEG, PNG, WebP, AVIF.',
  }
}

function badFile(why: Words): Refusal {
  return refuse('bad-file', why, { field: '' })
}

function tooMany(): Refusal {
  return refuse('too-many', {
    zh: '正在处理的照片过多，请稍后再传。',
    en: 'Too many pictures are being worked on; send it again in a moment.',
  })
}
