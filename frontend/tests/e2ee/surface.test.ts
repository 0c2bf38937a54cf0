/** What loads when, and who may touch a key: read off the import lines. */

import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))
const STATIC = /^(?:import|export)\b(?! type\b)[^'"]*?from '([^']+)'|^import '([^']+)'/gm
const LAZY = /\bimport\('([^']+)'\)/g
const CRYPTOGRAPHY = /^(ts-mls|@hpke|@noble|@scure|hash-wasm)\b/

function imported(file: string, pattern: RegExp): string[] {
  return [...readFileSync(file, 'utf8').matchAll(pattern)].map((found) => found[1] ?? found[2] ?? '')
}

/** Every package and worker that comes with a file of e2ee before anybody asks for more. */
function comesWith(name: string): Set<string> {
  const found = new Set<string>()
  const visit = (file: string): void => {
    for (const target of imported(file, STATIC)) {
      if (!target.startsWith('.') || target.includes('?')) found.add(target)
      else if (!found.has(resolve(dirname(file), `${target}.ts`))) {
        found.add(resolve(dirname(file), `${target}.ts`))
        visit(resolve(dirname(file), `${target}.ts`))
      }
    }
  }
  visit(join(SRC, 'e2ee', `${name}.ts`))
  return new Set([...found].map((one) => (one.startsWith(SRC) ? relative(SRC, one) : one)))
}

const packages = (name: string): string[] => [...comesWith(name)].filter((one) => CRYPTOGRAPHY.test(one))

describe('what loads when', () => {
  it('types bring nothing along', () => {
    expect([...comesWith('types')]).toEqual([])
  })

  it('a lock brings nothing along', () => {
    expect([...comesWith('lock')]).toEqual([])
  })

  it('return words and the container bring neither MLS nor word lists nor Argon2', () => {
    expect(packages('words')).toEqual([])
    expect(packages('container')).toEqual([])
    expect(imported(join(SRC, 'e2ee/wordlists.ts'), LAZY)).toEqual([
      '@scure/bip39/wordlists/spanish.js',
      '@scure/bip39/wordlists/english.js',
    ])
  })

  it('conversations bring neither words nor workers', () => {
    const found = [...comesWith('index')]
    expect(found.filter((one) => /worker|words|container|hash-wasm|@scure/.test(one))).toEqual([])
    expect(packages('index').length).toBeGreaterThan(0)
  })
})

describe('who may touch a key', () => {
  it('is this folder only: nobody else imports a library of cryptography', () => {
    const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|svelte)$/.test(name))
    expect(files.length).toBeGreaterThan(50)
    const elsewhere = files
      .filter((name) => !name.startsWith('e2ee/'))
      .filter((name) =>
        [STATIC, LAZY].some((pattern) => imported(join(SRC, name), pattern).some((one) => CRYPTOGRAPHY.test(one))),
      )
    expect(elsewhere).toEqual([])
  })

  it('and nothing of the library shows in its types', () => {
    expect(readFileSync(join(SRC, 'e2ee/types.ts'), 'utf8')).not.toMatch(/from 'ts-mls/)
  })
})
