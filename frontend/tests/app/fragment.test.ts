// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { fingerprintIn, fingerprintTake } from '../../src/app/fragment'
import { fingerprintRead } from '../../src/e2ee'

const B64 = 'AAECAwQFBgcICQoLDA0ODxAREhM'
const BASE32 = 'AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT'

describe("an organisation's link", () => {
  beforeEach(() => history.replaceState(null, '', '/'))

  it('brings its fingerprint in either form', () => {
    for (const form of [B64, BASE32]) {
      expect(fingerprintIn(`#f=${form}`)).toBe(form)
      expect(fingerprintRead(form)).toEqual(Uint8Array.from({ length: 20 }, (_, index) => index))
    }
  })

  it.each(['', '#', '#f=', `#f=${B64}A`, `#f=${B64} `, `#g=${B64}`, `#f=${B64}&x=1`, '#numbers'])(
    'is none: %j',
    (hash) => {
      expect(fingerprintIn(hash)).toBeNull()
    },
  )

  it('leaves nothing in the address, and no step to go back to', () => {
    history.replaceState(null, '', `/?lang=es#f=${B64}`)
    const steps = history.length
    expect(fingerprintTake()).toBe(B64)
    expect(location.href).not.toContain('#')
    expect(location.search).toBe('?lang=es')
    expect(history.length).toBe(steps)
  })

  it('leaves nothing in the address either where it is not understood', () => {
    history.replaceState(null, '', '/#anything')
    expect(fingerprintTake()).toBeNull()
    expect(location.href).not.toContain('#')
  })
})
