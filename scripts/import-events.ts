import { wordsOf } from './import/database.ts'
import { importEvents } from './import/events.ts'
import { eventsOptionsOf, HELP } from './import/events-options.ts'
import { languageOf, voiceOf } from './import/language.ts'

/** Reads events from CSV or XLSX and, with --apply, stores each once. Exit code 1: some rows were refused, 2: the command. */
async function main(): Promise<number> {
  let voice = voiceOf(languageOf(process.env), console.log, console.error)
  try {
    const options = eventsOptionsOf(process.argv.slice(2), process.env)
    if (options === null) {
      console.log(HELP)
      return 0
    }
    voice = voiceOf(options.language, console.log, console.error)
    return (await importEvents(options, voice)) ? 0 : 1
  } catch (error) {
    const words = wordsOf(error)
    if (words === null) throw error
    voice.complain(words)
    return 2
  }
}

process.exitCode = await main()
