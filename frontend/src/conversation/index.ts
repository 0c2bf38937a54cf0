/** The door to this folder for the app and the console. */

export type * from './types'
export { TEXT_LIMIT, TIMER_MAX, TIMER_MIN } from './types'
