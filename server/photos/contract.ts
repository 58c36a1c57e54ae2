import { Type, type Static } from 'typebox'
import { endpoint, Id, Instant } from '../http/contract.ts'

export const PHOTO_STAGES = ['report', 'verify', 'before', 'after', 'check'] as const
export type PhotoStage = (typeof PHOTO_STAGES)[number]
export const PhotoStage = Type.Enum(PHOTO_STAGES, { type: 'string' })

export const Photo = Type.Object({
  id: Id,
  stage: PhotoStage,
  width: Type.Integer(),
  height: Type.Integer(),
  bytes: Type.Integer(),
  /** As the camera said; the picture itself holds neither. */
  takenAt: Type.Union([Instant, Type.Null()]),
  /** Metres from the place of the event to where the camera was. */
  takenAwayM: Type.Union([Type.Number(), Type.Null()]),
  uploadedAt: Instant,
})
export type Photo = Static<typeof Photo>

export const addPhoto = endpoint(
  'POST',
  '/api/events/:id/photos',
  {
    params: Type.Object({ id: Id }),
    query: Type.Object({ stage: PhotoStage }, { additionalProperties: false }),
    reply: Photo,
  },
  {
    summary: 'Add a picture; it is encoded anew, without its metadata',
    policy: 'events.report',
    status: 201,
    upload: true,
  },
)

const photo = Type.Object({ id: Id, photo: Id })

export const readPhoto = endpoint(
  'GET',
  '/api/events/:id/photos/:photo',
  { params: photo, reply: Type.Unknown() },
  { summary: 'A picture', policy: 'events.read', media: 'image/webp' },
)

export const readThumb = endpoint(
  'GET',
  '/api/events/:id/photos/:photo/thumb',
  { params: photo, reply: Type.Unknown() },
  { summary: 'A small picture', policy: 'events.read', media: 'image/webp' },
)
