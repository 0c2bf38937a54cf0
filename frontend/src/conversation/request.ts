/** A help request as it leaves: key packages, and the note that names them, sealed to the organisation. */

import { pseudonymKeyPackage, sealNote } from '../e2ee'
import type { Clock, Trust } from '../e2ee'
import type { Bytes } from '../net/bytes'
import type { NewRequest } from '../net/rest'
import { offerFor } from './line_record'
import type { LineRecord, Offer } from './line_record'

/** Nobody of the organisation has prepared a key that is believed now. */
export class NoIntake extends Error {
  override name = 'NoIntake'
}

/** Key packages in one request: as many advocates can be lost before it must be renewed. */
const PACKAGES = 5

export async function freshOffers(now: Clock): Promise<Offer[]> {
  const offers: Offer[] = []
  for (let made = 0; made < PACKAGES; made++) offers.push(await offerFor(await pseudonymKeyPackage(now)))
  return offers
}

/** Throws `NoIntake`, `NoteTooLong`. */
export async function requestSealed(
  record: LineRecord,
  offers: readonly Offer[],
  trust: Trust,
): Promise<Pick<NewRequest, 'intakeKey' | 'packages' | 'note'>> {
  const { intake } = trust
  if (intake === null) throw new NoIntake()
  const packages = offers.flatMap(({ keys, address }) =>
    keys === null ? [] : [{ package: keys.message, seat: address }],
  )
  const note = await sealNote(
    {
      request: record.request,
      organisation: record.organisation,
      root: trust.root,
      packages: packages.map((offer) => ({ message: offer.package, seat: offer.seat })),
      rejoin: record.rejoin.publicKey,
      language: record.ask.language,
      text: record.ask.text,
    },
    intake.hpkeKey,
  )
  return { intakeKey: intake.keyId as Bytes, packages, note }
}
