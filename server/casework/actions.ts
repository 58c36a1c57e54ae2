export { nearby, readWork, unitsFor } from './actions/look.ts'
export { loadedOf } from './actions/load.ts'
export { move, moveAll, sceneOf, write } from './actions/move.ts'
