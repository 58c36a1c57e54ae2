// Runs on whatever Node the machine has, with nothing installed: plain JavaScript, no packages.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkTestMachine } from './setup/machine.mjs'
import { say, stop } from './setup/words.mjs'

const OLDEST_NODE = 20
/** The first that runs TypeScript files as they are. */
const OUR_NODE = 24

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...path) => join(root, ...path)
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

checkNode()
installPackages()
const node = ourNode()
if (process.argv.includes('--test')) checkTestMachine()
buildClient()

function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= OLDEST_NODE) return
  stop(
    `需要 Node.js ${OLDEST_NODE} 或更高版本，当前为 ${process.version}。`,
    `Node.js ${OLDEST_NODE} or newer is needed; this is ${process.version}.`,
  )
}

function installPackages() {
  if (isInstalled()) return
  // npm would empty the folder that the link points to, under the hands of those who work with it.
  if (isLink(at('node_modules')))
    stop(
      'node_modules 是链接，请在其所在处更新依赖。',
      'node_modules is a link; update the packages where it points to.',
    )
  say('正在安装依赖（约一分钟）……', 'installing packages (about a minute) …')
  const options = ['--no-audit', '--no-fund', '--loglevel=error']
  const npm = spawnSync('npm', ['ci', ...options], { cwd: root, stdio: 'inherit' })
  if (npm.error !== undefined)
    stop('找不到 npm，请安装 npm 9 或更高版本。', 'npm is not found; install npm 9 or newer.')
  if (npm.status !== 0) stop('依赖安装失败，见上。', 'installing the packages failed, see above.')
  if (isInstalled()) return
  stop(
    '所装依赖与 package-lock.json 不一致；请删除 node_modules 后重试。',
    'What was installed differs from package-lock.json; delete node_modules and try again.',
  )
}

/**
 * npm writes its own record of what it installed when it has finished, so what stands there is whole. It leaves out the
 * optional packages of other systems.
 */
function isInstalled() {
  const [wantedJson, installedJson] = [
    read(at('package-lock.json')),
    read(at('node_modules', '.package-lock.json')),
  ]
  if (wantedJson === undefined)
    stop('缺少 package-lock.json，请重新获取代码。', 'package-lock.json is missing; clone again.')
  if (installedJson === undefined) return false
  const wanted = JSON.parse(wantedJson).packages
  const installed = JSON.parse(installedJson).packages
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true
    const found = installed[path]
    if (found === undefined) return optional === true
    // What scripts/lock.mjs has added has no integrity.
    return found.version === version && (integrity === undefined || found.integrity === integrity)
  })
}

function isLink(file) {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

/** The Node that npm installed beside us; on systems without one, ours if it is new enough. */
function ourNode() {
  const installed = at('node_modules', '.bin', 'node')
  if (existsSync(installed)) return installed
  if (Number(process.versions.node.split('.')[0]) >= OUR_NODE) return process.execPath
  return stop(
    `本系统（${process.platform}-${process.arch}）没有随附的 Node.js，请自行安装 Node.js ${OUR_NODE}。`,
    `No Node.js comes along for this system (${process.platform}-${process.arch}); install Node.js ${OUR_NODE}.`,
  )
}

function buildClient() {
  const stamp = at('dist', '.sources')
  const sources = hashOfSources()
  if (read(stamp) === sources) return
  say('正在构建界面……', 'building the console …')
  const vite = at('node_modules', 'vite', 'bin', 'vite.js')
  const built = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
  if (built.status !== 0) stop('界面构建失败，见上。', 'building the console failed, see above.')
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
}

/** Of all that the built client can contain: its own folder, and the contracts, rules and geometry that it imports. */
function hashOfSources() {
  const files = [
    ...['package-lock.json', 'package.json', 'vite.config.ts', 'tsconfig.json'].map((name) => at(name)),
    ...filesUnder(at('client')),
    ...filesUnder(at('server')).filter((file) => /(contract|rules)\.ts$/.test(file)),
    ...filesUnder(at('geodata')).filter((file) => /^[a-z-]+\.ts$/.test(relative(at('geodata'), file))),
  ].filter((file) => existsSync(file) && !/\.test\.tsx?$/.test(file))
  const hash = createHash('sha256')
  for (const file of files.toSorted((a, b) => (a < b ? -1 : 1)))
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function filesUnder(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}
