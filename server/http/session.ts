import type { FastifyRequest } from 'fastify'

/** Who acts. */
export interface Actor {
  readonly id: string
}

const ANONYMOUS: Actor = { id: 'anonymous' }

/** The one place that knows who sent a request. Until accounts exist everybody is the same. */
export function actorOf(_request: FastifyRequest): Actor {
  return ANONYMOUS
}
