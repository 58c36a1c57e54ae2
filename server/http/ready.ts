import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint, Info } from './contract.ts'

interface ReadyMore {
  /** It may be kept, and asked for again by this tag. */
  readonly etag?: string
  /** It is to be saved under this name. */
  readonly filename?: string
  readonly media?: Info['media']
}

/** An answer that is ready to send: bytes, text, or a stream of them. */
export class Ready {
  readonly content: string | Uint8Array | Readable
  readonly more: ReadyMore

  constructor(content: string | Uint8Array | Readable, more: ReadyMore = {}) {
    this.content = content
    this.more = more
  }
}

/** Sends it with its type and, where it may be kept, its tag. */
export function sendReady(
  answer: Ready,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { etag, filename, media = endpoint.media } = answer.more
  reply.header('cache-control', etag === undefined ? 'no-store' : 'private, no-cache').type(typeOf(media))
  if (filename !== undefined) reply.header('content-disposition', dispositionOf(filename))
  if (etag === undefined) return reply.send(bytesOf(answer.content))
  reply.header('etag', etag)
  if (etag === request.headers['if-none-match']) return reply.code(304).send()
  return reply.send(bytesOf(answer.content))
}

/** RFC 6266, with the name in UTF-8 beside a plain one. */
function dispositionOf(filename: string): string {
  const plain = filename.replaceAll(/[^\w.-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename)}`
}

function typeOf(media: Info['media'] = 'application/json'): string {
  return /json|^text/.test(media) ? `${media}; charset=utf-8` : media
}

function bytesOf(content: Ready['content']): string | Buffer | Readable {
  if (typeof content === 'string' || content instanceof Readable) return content
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}
