import { runCommand } from './import/command.ts'
import { HELP, verifyOptionsOf, verifyTrail } from './verify/trail.ts'

/** Recomputes the chain of seals over the trail. */
process.exitCode = await runCommand({
  optionsOf: verifyOptionsOf,
  help: HELP,
  work: (options, voice) => verifyTrail(options, voice),
})
