import type { Problem, Words } from './contract.ts'

/** Every way in which this server says no. The address of a kind is `urn:wangge:` and its name. */
const KINDS = {
  'invalid-field': { status: 400, zh: '请求内容有误', en: 'The request is not valid' },
  'broken-json': { status: 400, zh: '无法解析请求内容', en: 'The body cannot be read' },
  'not-signed-in': { status: 401, zh: '请先登录', en: 'Sign in first' },
  'wrong-credentials': { status: 401, zh: '登录未成功', en: 'Not signed in' },
  forbidden: { status: 403, zh: '没有权限', en: 'Not allowed' },
  'foreign-origin': { status: 403, zh: '请求来自其他网站', en: 'The request comes from another site' },
  'not-found': { status: 404, zh: '没有找到', en: 'Not found' },
  conflict: { status: 409, zh: '内容已被他人修改', en: 'Changed in the meantime' },
  /** The rules of the flow say no: the object stands elsewhere, or a condition is not met. */
  refused: { status: 409, zh: '现在不能这样办', en: 'Not possible now' },
  'key-reused': {
    status: 409,
    zh: '幂等键已用于其他请求',
    en: 'The idempotency key belongs to another request',
  },
  'too-large': { status: 413, zh: '请求内容过大', en: 'The body is too large' },
  'wrong-media': { status: 415, zh: '请求格式不支持', en: 'The media type is not supported' },
  'no-calendar': { status: 422, zh: '工作日历缺少该年度', en: 'No working calendar for that year' },
  'bad-file': { status: 422, zh: '文件不能接受', en: 'The file is not acceptable' },
  'unknown-place': { status: 422, zh: '无法确定地点', en: 'The place is not certain' },
  'wrong-host': { status: 421, zh: '访问地址不被接受', en: 'This name is not served' },
  'too-many': { status: 429, zh: '操作过于频繁', en: 'Too many attempts' },
  timeout: { status: 408, zh: '请求超时', en: 'The request took too long' },
  internal: { status: 500, zh: '服务器内部错误', en: 'Internal error' },
  /** What is kept encrypted cannot be read or written. */
  'no-key': { status: 503, zh: '缺少密钥', en: 'The key is missing' },
  'database-away': { status: 503, zh: '数据库暂时不可用', en: 'The database is away' },
} as const satisfies Record<string, Words & { status: number }>

export type ProblemKind = keyof typeof KINDS

/** Part of a refusal that only some kinds have. */
interface More {
  readonly field?: string
  readonly choices?: readonly unknown[]
}

/** A request refused. Thrown anywhere in its handling: the transaction is rolled back and the problem is the answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.en.detail)
    this.problem = problem
  }
}

export function problemOf(kind: ProblemKind, why: Words, more: More = {}): Problem {
  const { status, zh, en } = KINDS[kind]
  return {
    type: `urn:wangge:${kind}`,
    title: zh,
    status,
    detail: why.zh,
    en: { title: en, detail: why.en },
    ...(more.field !== undefined && { field: more.field }),
    ...(more.choices && { choices: [...more.choices] }),
  }
}

export function refuse(kind: ProblemKind, why: Words, more?: More): Refusal {
  return new Refusal(problemOf(kind, why, more))
}
