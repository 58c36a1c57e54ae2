import { runCommand } from './import/command.ts'
import { importEvents } from './import/events.ts'
import { eventsOptionsOf, HELP } from './import/events-options.ts'

/** Reads events from CSV or XLSX and, with --apply, stores each once. */
process.exitCode = await runCommand({ optionsOf: eventsOptionsOf, help: HELP, work: importEvents })
