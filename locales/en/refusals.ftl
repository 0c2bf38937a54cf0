# What the server says when it refuses something: one message for each code, "." and "_" written as "-".

## Anything

refusal-request-invalid = This could not be read. Nothing was changed.
refusal-request-not-found = There is nothing here, or it is over.
refusal-request-forbidden = This did not come from our own page. Please open the page again.
refusal-request-too-large = This is too big to send. Nothing was changed.
refusal-request-slow-down = That was many times in a short while. Please wait a little, then try again.
refusal-request-try-later = This is not working right now. Nothing was lost. Please try again in a moment.
refusal-request-unexpected = Something went wrong here, and it is not your fault. Please try again.

## Asking for a person

refusal-hotline-already-claimed = Somebody else is answering this person.
refusal-hotline-not-waiting = Somebody is answering already, so this cannot be changed any more.
refusal-hotline-wrong-state = This is not possible at this point.
refusal-hotline-id-taken = This could not be sent under this name. Please start again.
refusal-hotline-intake-key-stale = The organisation changed its key in the meantime. Please send it again.
refusal-hotline-device-not-certified = This browser is not certified at the moment. A supervisor can certify it.
refusal-hotline-queue-full = Very many people are waiting right now, so this could not be added. The numbers to call still work.

## A conversation

refusal-relay-malformed = This could not be read. Nothing was changed.
refusal-relay-unknown-version = This page is older or newer than the server. Please open it again.
refusal-relay-unknown-frame = This page is older or newer than the server. Please open it again.
refusal-relay-no-seat = There is no conversation here, or it is over.
refusal-relay-stale-epoch = Something changed in the conversation. It is read first, then this is sent again.
refusal-relay-too-large = This is too long to send. You can send it in parts.
refusal-relay-bad-padding = This could not be read. Nothing was changed.
refusal-relay-bad-expiry = This time is too short or too long. It can be 5 minutes to 7 days.
refusal-relay-bad-cursor = This could not be read. Nothing was changed.
refusal-relay-client-id-reused = Something else was sent under this name. Nothing was changed.
refusal-relay-not-allowed = This is not possible from here.
refusal-relay-quota-seat = Many messages have not been read yet. You can send more once they are.
refusal-relay-quota-conversation = This conversation is full until messages are read or run out.
refusal-relay-too-many-seats = No more people can join this conversation.
refusal-relay-slot-stale = A newer one was kept already.
refusal-relay-busy = Much is going on right now. This is sent again in a moment.
refusal-relay-storage = This could not be kept right now. It is sent again in a moment.

## Staff

refusal-staff-login-required = You are logged out. Please log in again.
refusal-staff-login-failed = This did not match. Please check the name, the password and the code.
refusal-staff-invitation-invalid = This link was used already, or is too old. Your organisation can give you a new one.
refusal-staff-password-weak = This password is too easy to guess. Please choose one with at least 12 characters that is not like your name.
refusal-staff-code-wrong = The six digits do not match. Please use the newest ones, and check that the phone’s clock is right.
refusal-staff-passkey-refused = This passkey could not be kept. You can try again, or go on without one.
refusal-staff-request-mismatch = This does not fit what was asked for. Nothing was changed.
refusal-staff-certificate-not-newer = This device has a newer certificate already.
refusal-staff-list-not-newer = Somebody made a newer revocation list in the meantime. Please look again.
refusal-staff-list-incomplete = This revocation list leaves somebody out whom the last one revoked. Nothing was changed.
refusal-staff-mark-stale = Somebody was revoked in the meantime. The key is made anew.
refusal-staff-key-id-taken = Another key has this name. The key is made anew.
refusal-staff-already-there = There is one by this name already.

## The chain of trust

refusal-trust-refused = This could not be verified, so it is not used.
refusal-trust-malformed = This is not a signed statement of the expected kind, so it is not used.
refusal-trust-key = This key proves nothing, so it is not used.
refusal-trust-signature = The signature does not match, so this is not used.
refusal-trust-organisation = This speaks for another organisation, so it is not used.
refusal-trust-issuer = Nobody who may vouch for this has done so, so it is not used.
refusal-trust-lifetime = This is meant to last longer than is allowed, so it is not used.
refusal-trust-time = This is not valid now. Please check the date and time of this device.
refusal-trust-revoked = This device was revoked.
refusal-trust-list-stale = The revocation list has run out. A supervisor can make a new one.
refusal-trust-list-older = This revocation list is older than one that is known, so it is not used.
refusal-trust-counter = This was used before, so it is not used again.
refusal-trust-content = What it vouches for is something else, so it is not used.
