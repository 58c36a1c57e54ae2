import { openKey } from '#db/key'
import { openDatabase } from '#db/open'
import { resealAll } from '#db/reseal'
import { readConfig } from '../server/config.ts'

/**
 * After a new key was put before the old one in WANGGE_KEY or the key file: seals all texts of the dispute files by the new
 * one. When it is done the old one may be taken away.
 */
const config = readConfig(process.env)
const cipher = await openKey({ given: config.key, file: config.keyFile })
if (cipher === null) {
  console.error('没有密钥：请设置 WANGGE_KEY 或 KEY_FILE (no key: set WANGGE_KEY or KEY_FILE)')
  process.exit(1)
}
const database = await openDatabase({
  ...(config.databaseUrl !== null && { url: config.databaseUrl }),
  dataDir: config.dataDir,
})
try {
  console.log(`已改用新密钥 sealed anew: ${await resealAll(database.db, cipher)}`)
} finally {
  await database.close()
}
