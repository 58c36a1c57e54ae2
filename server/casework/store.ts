export { findCase, lockCase, type StoredCase } from './store/case.ts'
export { findLastStep, findUnits, listNear, listNeighbours, listUnitLoads } from './store/look.ts'
export {
  carryOver,
  retimeObligations,
  saveCore,
  saveParts,
  saveReply,
  saveRequest,
  type By,
  type CoreText,
} from './store/save.ts'
