/** The public surface of end-to-end encryption. */

export * from './types'
