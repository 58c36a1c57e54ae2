const MIN_LENGTH = 12
/** Fewer different characters are a pattern. */
const MIN_VARIETY = 5

/** Of twelve characters and more, the ones that are tried first; compared without case, digits at the end and signs. */
const COMMON = `
  password passwordpassword passw0rd administrator adminadmin adminadminadmin qwertyuiop qwertyuiopasdf asdfghjkl
  asdfghjklzxc qazwsxedc qazwsxedcrfv zxcvbnm zxcvbnmasdf abcdefghijkl abcdefghijklm letmein letmeinletmein welcome
  welcomewelcome iloveyou iloveyouforever woaini woainiwoaini woaiwojia woaizhongguo zhongguo changeme changemechangeme
  wangge wanggewangge wanggeyuan wanggehua jiedao jiedaobanshichu zhengfa zhengfawei aqwsderf superman dragon monkey
  football baseball sunshine princess trustnoone aaaaaa abcabcabc abcd asdf asdfasdf asdfasdfasdf qwer qwerqwer
  qwerqwerqwer qqqwww qweasd qweasdzxc qwerty qwertyqwerty test testtest testtesttest guest guestguest default demo
  demodemo secret secretsecret master mastermaster root rootroot login user username internet computer
  1qaz2wsx3edc 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5y 1qazxsw23edc zaq12wsxcde mima wodemima mimamima woshishui nihao nihaonihao nihaoma admin administratoradministrator`
  .trim()
  .split(/\s+/)

const NUMBERS = [
  '112233445566',
  '147258369147',
  '147258369012',
  '159357258456',
  '131452013145',
  '201314520131',
]

export type Weakness = 'short' | 'name' | 'common'

/** What is wrong with a new password; null if nothing. There are no rules of composition: length is what helps. */
export function weaknessOf(
  password: string,
  { login, name }: { readonly login: string; readonly name: string },
): Weakness | null {
  if (Array.from(password).length < MIN_LENGTH) return 'short'
  const bare = bareOf(password)
  if ([login, name].some((own) => own !== '' && isRepeated(bare, bareOf(own)))) return 'name'
  if (new Set(password).size < MIN_VARIETY || isRun(password)) return 'common'
  return COMMON.includes(bare) || NUMBERS.includes(password) ? 'common' : null
}

/** Letters as they are thought of: `P@ssword-2026!` is the word with a year after it. */
function bareOf(text: string): string {
  const letters = text.toLowerCase().replaceAll('@', 'a').replaceAll('$', 's')
  return letters.replaceAll(/[^\p{L}\p{N}]/gu, '').replace(/\d+$/u, '')
}

function isRepeated(text: string, part: string): boolean {
  return part !== '' && text !== '' && text.replaceAll(part, '') === ''
}

/** Characters that follow each other, up or down: 123456789012, zyxwvutsrqpo. */
function isRun(text: string): boolean {
  const steps = Array.from(text)
    .slice(1)
    .map((char, i) => (char.codePointAt(0) ?? 0) - (text.codePointAt(i) ?? 0))
  const runs = steps.filter((step) => step === 1 || step === -1)
  return runs.length >= steps.length - 2
}
