import { runCommand } from './import/command.ts'
import { importGrids } from './import/grids.ts'
import { gridsOptionsOf, HELP } from './import/grids-options.ts'

/** Checks a GeoJSON file of grid boundaries and, with --apply, takes it into force. */
process.exitCode = await runCommand({ optionsOf: gridsOptionsOf, help: HELP, work: importGrids })
