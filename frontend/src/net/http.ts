/** One JSON call, as docs/protocol.md §7–§9 ask for it: nothing ambient travels, and every failure has a code. */

/** A call that was refused, or did not arrive. `code` is the server's, or `net.unreachable`, `net.bad_answer`. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: string
  /** 0 where there was no answer. */
  readonly status: number
  /** Milliseconds after which the same call may succeed; null: not unchanged. */
  readonly retryAfter: number | null

  constructor(code: string, status: number, retryAfter: number | null = null) {
    super(code)
    this.code = code
    this.status = status
    this.retryAfter = retryAfter
  }
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  bearer?: string
  headers?: Record<string, string>
  /** `omit` for everything a survivor's app calls; the console's calls carry its session. */
  credentials?: RequestCredentials
  signal?: AbortSignal
}

const ANSWER_LIMIT = 4 * 1024 * 1024

/** `Retry-After` in milliseconds, or null. */
export function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}

async function refusalOf(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => null)
  const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : null
  const known = typeof code === 'string' && /^[a-z_]+(\.[a-z_]+)+$/.test(code)
  return new ApiError(known ? code : 'net.bad_answer', response.status, retryAfterOf(response))
}

/** The fetch options that let nothing ambient leave. */
export function quietInit(call: Omit<Call, 'path' | 'body' | 'bearer'>): RequestInit {
  return {
    method: call.method,
    credentials: call.credentials ?? 'omit',
    mode: 'same-origin',
    redirect: 'error',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    ...(call.signal ? { signal: call.signal } : {}),
  }
}

/** Calls and returns the parsed JSON, or null for 204. Throws `ApiError`; an abort by `signal` throws the signal's reason. */
export async function callJson(fetch: Fetch, call: Call): Promise<unknown> {
  const headers: Record<string, string> = { Accept: 'application/json', ...call.headers }
  if (call.body !== undefined) headers['Content-Type'] = 'application/json'
  if (call.bearer !== undefined) headers['Authorization'] = `Bearer ${call.bearer}`
  const init: RequestInit = { ...quietInit(call), headers }
  if (call.body !== undefined) init.body = JSON.stringify(call.body)
  let response: Response
  try {
    response = await fetch(call.path, init)
  } catch {
    call.signal?.throwIfAborted()
    throw new ApiError('net.unreachable', 0)
  }
  if (!response.ok) throw await refusalOf(response)
  if (response.status === 204) return null
  const text = await response.text().catch(() => '')
  if (text.length > ANSWER_LIMIT) throw new ApiError('net.bad_answer', response.status)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ApiError('net.bad_answer', response.status)
  }
}
