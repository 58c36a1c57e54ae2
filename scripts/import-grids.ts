import { wordsOf } from './import/database.ts'
import { importGrids } from './import/grids.ts'
import { gridsOptionsOf, HELP } from './import/grids-options.ts'
import { languageOf, voiceOf } from './import/language.ts'

/** Checks a GeoJSON file of grid boundaries and, with --apply, takes it into force. Exit code 1: the file, 2: the command. */
async function main(): Promise<number> {
  let voice = voiceOf(languageOf(process.env), console.log, console.error)
  try {
    const options = gridsOptionsOf(process.argv.slice(2), process.env)
    if (options === null) {
      console.log(HELP)
      return 0
    }
    voice = voiceOf(options.language, console.log, console.error)
    return (await importGrids(options, voice)) ? 0 : 1
  } catch (error) {
    const words = wordsOf(error)
    if (words === null) throw error
    voice.complain(words)
    return 2
  }
}

process.exitCode = await main()
