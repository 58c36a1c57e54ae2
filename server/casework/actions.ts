export { nearby, readWork, unitsFor } from './actions/look.ts'
export { loadedOf, mayRead, type Loaded } from './actions/load.ts'
export { move, moveAll, sceneOf, textOf, write } from './actions/move.ts'
