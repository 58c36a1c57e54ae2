import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { say, stop } from './words.mjs'

/** What the tests need beyond npm packages: the Debian package, and how to see that it is there. */
const NEEDS = [
  { package: 'postgresql-15-postgis-3', isThere: hasPostgis },
  { package: 'chromium', isThere: () => existsSync('/usr/bin/chromium') },
  { package: 'fonts-noto-cjk', isThere: () => existsSync(CHINESE_FONT) },
]

const OLDEST_POSTGRES = 15
const CHINESE_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'

/** Installs what is missing where it may, and otherwise says what to install: a test is never skipped in silence. */
export function checkTestMachine() {
  const missing = missingPackages()
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  const prefix = privilege()
  if (prefix === undefined || !existsSync('/usr/bin/apt-get')) refuse(command)
  say(
    `正在安装测试所需的系统软件包：${missing.join('、')}`,
    `installing system packages for the tests: ${missing.join(', ')}`,
  )
  run(prefix, ['apt-get', 'update', '-q'])
  run(prefix, command.split(' '))
  if (missingPackages().length > 0) refuse(command)
}

const missingPackages = () => NEEDS.filter(({ isThere }) => !isThere()).map((need) => need.package)

function hasPostgis() {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).map(Number) : []
  return versions.some(
    (version) =>
      version >= OLDEST_POSTGRES &&
      existsSync(`${root}/${version}/bin/initdb`) &&
      existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`),
  )
}

/** What goes before a command to run it as root, or nothing where that is not possible. */
function privilege() {
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
}

function run(prefix, command) {
  const [program, ...given] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command]
  spawnSync(program, given, { stdio: ['ignore', 'ignore', 'inherit'] })
}

function refuse(command) {
  stop(
    `测试需要系统软件包，请以管理员身份执行：\n  ${command}`,
    `The tests need system packages. As an administrator, run:\n  ${command}`,
  )
}
