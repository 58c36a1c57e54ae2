import type { Move } from '../contract.ts'
import { CLOSING } from './closing.ts'
import { INTAKE } from './intake.ts'
import type { MoveRule } from './shape.ts'
import { STANDING } from './standing.ts'
import { WORK } from './work.ts'

/** The flow (事件流转): nothing else changes a case but the sweep. */
export const FLOW: Readonly<Record<Move, MoveRule>> = { ...INTAKE, ...WORK, ...CLOSING, ...STANDING }
