/** Progress and refusals of the set-up, in Chinese and in English. */

export function say(zh, en) {
  console.log(`${zh} / ${en}`)
}

export function stop(zh, en) {
  console.error(`${zh}\n${en}`)
  process.exit(1)
}
