import { wordsOf } from './database.ts'
import { languageOf, voiceOf, type Language, type Voice } from './language.ts'

interface Command<O> {
  /** Null where the person asked for help. */
  readonly optionsOf: (args: readonly string[], env: NodeJS.ProcessEnv) => O | null
  readonly help: string
  /** False where the file has faults. */
  readonly work: (options: O, voice: Voice) => Promise<boolean>
}

/** Runs an import from the command line. The exit code: 0 all well, 1 the file has faults, 2 the command could not be carried out. */
export async function runCommand<O extends { readonly language: Language }>(
  command: Command<O>,
): Promise<number> {
  let voice = voiceOf(languageOf(process.env), console.log, console.error)
  try {
    const options = command.optionsOf(process.argv.slice(2), process.env)
    if (options === null) {
      console.log(command.help)
      return 0
    }
    voice = voiceOf(options.language, console.log, console.error)
    return (await command.work(options, voice)) ? 0 : 1
  } catch (error) {
    const words = wordsOf(error)
    if (words === null) throw error
    voice.complain(words)
    return 2
  }
}
