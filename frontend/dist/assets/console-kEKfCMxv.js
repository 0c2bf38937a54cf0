var e=`# The advocates' console.

console-title = Console
console-starting = One moment.
console-again = Try again
console-unreachable-title = The server does not answer
console-unreachable-body = Your connection may be down, or the server is restarting. Nothing is lost.
console-language = Language
console-language-en = English
console-language-es = Español

## Logging in

console-login-title = Log in
console-login-passkey = Log in with a passkey
console-login-or = or with your password
console-login-username = Name for logging in
console-login-password = Password
console-login-totp = Six digits from your authenticator app
console-login-totp-hint = They change every half minute.
console-login-submit = Log in
console-login-busy = One moment
console-logout = Log out
console-logout-title = Log out?
console-logout-talking = { $count ->
    [one] One conversation is open. If you log out, that person waits for a colleague.
   *[other] { $count } conversations are open. If you log out, these people wait for a colleague.
  }
console-expired-title = Please log in again
console-expired-body = Your session is over. Your conversations are still here and go on once you have logged in.
console-expired-leave = Put everything away and leave
console-stranger-title = Somebody else logged in
console-stranger-body = The conversations underneath belong to another person. They will be put away.

## Setting up an account

console-setup-title = Set up your account
console-setup-why = This link works once. First choose a password, then connect an authenticator app.
console-setup-password = Password
console-setup-password-hint = At least { $least } characters. A few words in a row are easy to remember and hard to guess.
console-setup-again = The same password again
console-setup-unlike = The two passwords differ.
console-setup-have = I already have an account
console-setup-totp-title = Connect an authenticator app
console-setup-totp-how = Type this key into your authenticator app, then write the six digits that it shows. Nobody will show you this key again.
console-setup-totp-open = Open in an authenticator app on this device
console-setup-totp-submit = Finish
console-setup-passkey-title = Add a passkey
console-setup-passkey-why = With a passkey you log in by fingerprint, face or the PIN of your device. A false copy of this page cannot steal it.
console-setup-passkey-later = Not now
console-passkey-title = Passkey
console-passkey-why = With a passkey you log in as { $username } by fingerprint, face or the PIN of your device. A false copy of this page cannot steal it.
console-passkey-add = Add a passkey
console-passkey-made = The passkey is ready.

## The top of every page

console-way-out = Way out
console-pages = Pages
console-page-desk = Desk
console-page-device = This browser
console-page-devices = Team’s browsers
console-shift-on = On shift
console-shift-off = Off shift
console-role-advocate = advocate
console-role-supervisor = supervisor
console-role-signing = signing device

## What needs care

console-standing-go = Go to “{ $page }”
console-standing-none = This browser cannot answer anybody yet. Set it up first.
console-standing-requested = This browser waits for a supervisor to certify it.
console-standing-ending = This browser’s certificate ends on { $until }. Ask a supervisor to renew it.
console-standing-ended = This browser’s certificate is over. Ask a supervisor to renew it.
console-standing-revoked = This browser was revoked. It cannot answer anybody.
console-standing-untrusted = Nobody can be answered now. { $reason }
console-standing-signing-ending = Your signing device’s certificate ends on { $until }. Have the root key renew it.
console-standing-list-ending = The revocation list ends on { $until }. A supervisor with a signing device needs to open the console before then.
console-standing-keys-coming = Colleagues’ consoles are passing on the keys to what people wrote. This takes about a minute.
console-standing-keys-missing = This browser cannot open everything that people wrote before it was certified. A colleague’s console passes the keys on when it is open.
console-standing-team-ending = { $count ->
    [one] One browser of the team needs a renewal within two days.
   *[other] { $count } browsers of the team need a renewal within two days.
  }
console-standing-clock = { $minutes ->
    [one] This computer’s clock is one minute off. Please set it right: certificates depend on it.
   *[other] This computer’s clock is { $minutes } minutes off. Please set it right: certificates depend on it.
  }
console-upkeep-refused = Keys for the next days could not be made yet. The console tries again by itself.

console-untrusted-no-list = The organisation has no revocation list yet. It comes as soon as a supervisor has set up a signing device.
console-untrusted-list-stale = The revocation list is too old. A supervisor with a signing device needs to open the console.
console-untrusted-list-older = The server showed an older revocation list than before. Please tell a supervisor.
console-untrusted-root = The server shows another root key than the one this browser knows. Please tell a supervisor, and do not go on.
console-untrusted-signature = Something was signed by the wrong key. Please tell a supervisor.
console-untrusted-malformed = The server’s answer could not be read. Please tell a supervisor.
console-untrusted-key = The server showed a key that proves nothing. Please tell a supervisor.
console-untrusted-organisation = The server showed papers of another organisation. Please tell a supervisor.
console-untrusted-issuer = The revocation list was made by a device that nobody vouches for. Please tell a supervisor.
console-untrusted-lifetime = Something is valid for longer than it may be. Please tell a supervisor.
console-untrusted-time = Something is not valid at this time. Please look at this computer’s clock.
console-untrusted-revoked = The revocation list was made by a revoked device. Please tell a supervisor.
console-untrusted-counter = The server’s answer does not fit what was seen before. Please tell a supervisor.
console-untrusted-content = Something vouches for another key than the one that came with it. Please tell a supervisor.
console-untrusted-stranger = Somebody is not known. Please tell a supervisor.

## This browser

console-device-title = This browser
console-device-keys = Keys of this browser
console-device-is-none = This browser has no keys yet. It makes its own; they never leave it.
console-device-is-requested = The keys are made. Now a supervisor needs to certify them.
console-device-is-certified = Certified until { $until }.
console-device-is-ending = Certified until { $until }. A supervisor can renew it at any time; you need to do nothing.
console-device-is-ended = The certificate is over. A supervisor can renew it; the keys stay the same. If that does not work, set this browser up again.
console-device-is-revoked = A supervisor revoked this browser. To work with it again it needs new keys.
console-device-is-unknown = Whether this browser is certified cannot be told until there is a fresh revocation list. You need to do nothing.
console-device-compare = Read these numbers to your supervisor, face to face or on a call. They must see the same numbers.
console-device-enrol = Set up this browser
console-device-again = Set up again with new keys
console-device-kept = The keys lie sealed in this browser profile. Whoever can use your computer account can use them: lock the screen when you leave.
console-root-title = Whom this browser believes
console-root-none = The organisation’s root key is not known here yet.
console-root-first-use = This is the fingerprint of the root key that the server showed when you first came. Compare it with the one that your organisation has printed.
console-root-compared = You compared this fingerprint of the root key with your organisation’s.
console-root-same = They are the same
console-list-number = Revocation list number { $number }, good until { $until }.

## The team's browsers

console-devices-title = Team’s browsers
console-requests-title = Waiting to be certified
console-requests-empty = Nobody is waiting.
console-requests-need-signing = To certify or revoke, this browser needs a signing device with a certificate.
console-request-compare = Compare with { $name }
console-request-invalid = This request does not hold together. It cannot be certified.
console-compare-title = Certify the browser of { $name }
console-compare-how = Speak with { $name } face to face or on a call. Let them read their numbers. Are they these?
console-compare-unequal = If a single digit differs, do not certify: somebody may stand in between.
console-certify = The numbers are the same: certify for 7 days
console-devices-list = Certified browsers
console-devices-empty = There are none yet.
console-device-mine = you
console-device-state-good = Good until { $until }
console-device-state-ending = Ends soon, on { $until }
console-device-state-ended = Over since { $until }
console-device-state-revoked = Revoked
console-device-state-unbelieved = Not to be believed
console-renew = Renew { $name }
console-renew-short = Renew
console-revoke-short = Revoke
console-revoke = Revoke { $name }
console-revoke-what = From now on no console and no app believes this device. Conversations that it is in stop with it. New keys for notes follow within a minute, from any certified console that is open. This cannot be taken back: the person would need new keys.
console-revoke-now = Revoke now

console-signing-title = Signing device
console-signing-why = With a signing device this browser certifies the browsers of advocates. The organisation’s root key vouches for it, once for up to 400 days.
console-signing-make = Make keys for a signing device
console-signing-good = This browser is a signing device until { $until }.
console-signing-take = Take this request to the computer that holds the root key:
console-signing-compare = There, compare these numbers before you certify:
console-signing-paste = Certificate that the root key made
console-signing-save = Save the certificate
console-signing-others = Other signing devices
console-signing-others-what = Whoever holds one of these can certify browsers. Revoke one that is lost: everybody it certified needs a new certificate.
console-signing-name = signing device { $id }
console-signing-until = until { $until }
console-copy = Copy
console-copied = Copied

## The queue

console-queue-title = { $count ->
    [0] Nobody is waiting
    [one] One person is waiting
   *[other] { $count } people are waiting
  }
console-queue-live = Up to date.
console-queue-polling = Looking every few seconds.
console-queue-unreachable = The server does not answer. Trying again.
console-queue-loading = One moment.
console-queue-empty = New requests appear here by themselves.
console-on-shift-count = { $count ->
    [0] Nobody is on shift.
    [one] One advocate is on shift.
   *[other] { $count } advocates are on shift.
  }
console-level-now = Cannot wait
console-level-soon = Soon
console-level-talk = Wants to talk
console-wait-moment = just now
console-wait-minutes = { $count } min
console-wait-hours = { $count } h
console-wait-days = { $count } days
console-queue-full = You hold as many conversations as one person should. End one, or give one back, to answer somebody else.
console-card-for-others = A colleague needs to answer this one.
console-card-reopened = { $count ->
    [one] Came back once
   *[other] Came back { $count } times
  }
console-claim = Answer
console-claim-named = Answer: { $name }
console-claiming = Opening
console-left-body = { $count ->
    [one] You answered somebody whose conversation is not open here. If it is not open in another window, let them wait for somebody again.
   *[other] You answered { $count } people whose conversations are not open here. If they are not open in another window, let them wait for somebody again.
  }
console-left-return = Let person { $number } wait again

console-topic-sex-trafficking = sex trafficking
console-topic-labor-trafficking = forced work
console-topic-job-offer-check = job offer
console-topic-debt-bondage = debt
console-topic-docs-confiscated = papers taken away
console-topic-image-abuse = intimate images
console-topic-stalking-monitoring = stalking, being watched
console-topic-impersonation = somebody poses as them
console-topic-partner-violence = violence by a partner
console-topic-need-shelter = needs shelter
console-topic-need-legal = needs legal help
console-topic-need-medical = needs a doctor
console-topic-need-counselling = needs counselling
console-topic-need-money = needs money
console-topic-need-transport = needs a way to travel
console-topic-device-safety = safety of devices
console-topic-peer-support = somebody with the same experience

## Conversations

console-talks-title = Your conversations
console-place-a = Aspen
console-place-b = Bamboo
console-place-c = Cedar
console-place-d = Dahlia
console-place-e = Elm
console-place-f = Fern
console-talk-unread = { $count ->
    [one] One new message
   *[other] { $count } new messages
  }
console-talk-none-title = No conversation is open
console-talk-none-body = Choose “Answer” beside somebody who waits. Each conversation gets a name and a colour of its own. Nothing of it is kept when it is over.
console-talk-away = Put away
console-connection-connecting = connecting
console-connection-online = connected
console-connection-offline = no connection, trying again
console-connection-joining = waiting to come in
console-connection-broken = stopped
console-connection-ended = ended
console-line = Conversation
console-line-new = { $count ->
    [one] One new message
   *[other] { $count } new messages
  }
console-line-end = To the newest
console-line-failed = This conversation cannot be shown here. Nothing was sent. Please give it back and tell a supervisor.
console-note-title = Written while waiting
console-note-empty = Nothing was written.
console-from-you = You
console-from-them = { $name }
console-timer = How long messages stay
console-stays-minutes = { $count ->
    [one] Gone after one minute
   *[other] Gone after { $count } minutes
  }
console-stays-hours = { $count ->
    [one] Gone after one hour
   *[other] Gone after { $count } hours
  }
console-stays-days = { $count ->
    [one] Gone after one day
   *[other] Gone after { $count } days
  }
console-gone-seconds = gone in { $count } s
console-gone-minutes = gone in { $count } min
console-gone-hours = gone in { $count } h
console-gone-days = gone in { $count } days
console-message-sending = being sent
console-message-stored = kept by the server
console-message-seen = on their screen
console-message-not-confirmed = not confirmed yet
console-message-refused = not sent
console-once = View once
console-once-mine = view once
console-once-hidden = A message to be viewed once.
console-once-open = Open it
console-once-close = I have read it
console-write-to = Write to { $name }
console-send = Send
console-send-how = Enter sends, Shift and Enter begin a new line
console-burn = Erase all
console-return = Give back
console-end = End
console-ask-burn-title = Erase all messages?
console-ask-burn-body = Every message so far goes from both screens and from the server, and so does what was written while waiting, from the screens. The conversation stays open.
console-ask-burn-yes = Erase all
console-ask-return-title = Give this conversation back?
console-ask-return-body = The person keeps their place in the queue and waits for a colleague. What was said here is forgotten.
console-ask-return-yes = Give back
console-ask-close-title = End this conversation?
console-ask-close-body = It ends for both. What was said is forgotten here. The person can ask for somebody again at any time.
console-ask-close-yes = End
console-broken = Nothing is sent: a change of this conversation could not be trusted or read.
console-broken-again = Begin again with new keys

console-notice-joined = { $staff ->
    [yes] { $name } came in.
   *[no] The person came in.
  }
console-notice-left = { $staff ->
    [yes] { $name } left.
   *[no] The person left.
  }
console-notice-rejoined = { $staff ->
    [yes] { $name } came back with new keys.
   *[no] The person came back with new keys: their browser had forgotten the old ones. Ask again whether it is safe to talk.
  }
console-notice-restarted = The conversation began again with new keys.
console-notice-missing-expired = { $count ->
    [one] One message ran out before it was fetched.
   *[other] { $count } messages ran out before they were fetched.
  }
console-notice-missing-burned = { $count ->
    [one] One message was erased by its sender.
   *[other] { $count } messages were erased by their sender.
  }
console-notice-missing-withheld = { $count ->
    [one] One message never arrived. Somebody on the way may hold it back.
   *[other] { $count } messages never arrived. Somebody on the way may hold them back.
  }
console-notice-unreadable = Something came that nobody here sent like this. It was left out.
console-notice-order-skipped = The server left out part of this conversation.
console-notice-order-repeated = The server repeated part of this conversation. The repetition was left out.
console-notice-order-rolled-back = The server went back to an older state of this conversation. Please tell a supervisor.
console-notice-not-confirmed = A message was not opened yet. The person may be away, or somebody holds it back.
console-notice-timer = { $mine ->
    [yes] You set messages to stay
   *[no] The person set messages to stay
  } { $unit ->
    [minutes] { $count ->
        [one] one minute
       *[other] { $count } minutes
      }
    [hours] { $count ->
        [one] one hour
       *[other] { $count } hours
      }
   *[days] { $count ->
        [one] one day
       *[other] { $count } days
      }
  } after they are read.
console-notice-burned = { $mine ->
    [yes] You erased all messages.
   *[no] The person erased all messages.
  }
console-notice-closed = { $mine ->
    [yes] You ended the conversation.
   *[no] The person ended the conversation.
  }
console-notice-newer-list = Somebody here knows a newer revocation list than the server showed this browser. Please tell a supervisor.
console-notice-untrusted = Nothing is sent: somebody in this conversation is no longer certified.
console-notice-list-stale = Nothing is sent: the revocation list is too old. A supervisor needs to open the console.
console-notice-change-stranger = Somebody who is not certified was to be brought in. That was refused, and nothing is sent. Please tell a supervisor.
console-notice-change-unreadable = A change of this conversation could not be read. Nothing is sent until it begins again.
console-notice-not-kept = This conversation could not be kept on this device. Nothing is sent until it can.
console-notice-ended = The conversation is over.
console-notice-removed = You were taken out of this conversation.

## Help beside the conversation

console-help-title = Help
console-people-title = Who can read this
console-people-you = you
console-people-person = The person who asked
console-people-until = certified until { $until }
console-safety-number = Safety number
console-safety-number-what = Equal numbers on both sides mean that nobody stands in between.
console-replies-title = Prepared replies
console-replies-none = They show once a conversation is open.
console-replies-how = Choosing one puts it into your message, in the person’s language. You can change it before you send it.
console-self-title = Look after yourself
console-self-body = What you read here can weigh on you. Take a break between conversations, and speak with a colleague after a hard one.

console-reply-safe = Hello, I am here for you. Is it safe for you to talk right now? You can leave at any time and come back later.
console-reply-safe-name = Is it safe to talk?
console-reply-who = I am a trained helper. Only the people that your screen shows can read what we write.
console-reply-who-name = Who reads this
console-reply-choice = You decide what you tell me and what happens next. We can stop at any time.
console-reply-choice-name = It is your choice
console-reply-listening = Take your time. I am here and I am reading.
console-reply-listening-name = I am here
console-reply-fault = What was done to you is not your fault.
console-reply-fault-name = Not your fault
console-reply-interrupted = If somebody comes near, press “Leave now”. If you like, write down your return words first, so that we can go on later.
console-reply-interrupted-name = If somebody comes
console-reply-danger = If you are in danger right now, the emergency number is the fastest way to help. Would it be safe for you to call it?
console-reply-danger-name = In danger now
console-reply-moment = I need a few minutes to look something up. I am still here.
console-reply-moment-name = One moment
console-reply-wrong = I think this was meant for somebody else. That is all right. I will end our conversation now.
console-reply-wrong-name = Wrong number
console-reply-end = We can stop here. You can come back whenever you want to.
console-reply-end-name = Ending

## The keyboard

console-sheet-title = Keyboard
console-sheet-note = Enter sends a message. Escape closes a window like this one. Pressing Shift three times leaves at once: use it if somebody comes who must not see this.
console-act-sheet = Show this list
console-act-shift = Begin or end your shift
console-act-pane-queue = To the queue
console-act-pane-talk = To the conversation
console-act-pane-help = To the help
console-act-next-talk = Next conversation
console-act-previous-talk = Previous conversation
console-act-claim-first = Answer the first person
console-act-page-desk = Desk
console-act-page-device = This browser
console-act-page-devices = Team’s browsers

## When something does not happen

console-refusal-net-unreachable = The server does not answer. Nothing was changed. Please try again.
console-refusal-staff-login-failed = That did not work. Please check the name, the password and the six digits.
console-refusal-staff-login-required = Please log in again.
console-refusal-staff-invitation-invalid = This link is used up or too old. Please ask for a new one.
console-refusal-staff-password-weak = This password is too easy to guess. Please choose a longer one.
console-refusal-staff-code-wrong = The six digits do not fit. Please wait for the next ones and try again.
console-refusal-staff-passkey-refused = This passkey could not be added. Please try again.
console-refusal-staff-list-not-newer = A colleague made a newer revocation list at the same time. Please try again.
console-refusal-staff-request-mismatch = The server does not take this: it does not fit the request it belongs to.
console-refusal-staff-certificate-not-newer = There is a newer certificate already.
console-refusal-request-slow-down = Too many tries. Please wait a minute.
console-refusal-request-not-found = This is not there any more, or it is not yours to do.
console-refusal-request-invalid = The server did not understand this. Please try again.
console-refusal-request-try-later = The server is busy. Please try again in a moment.
console-refusal-hotline-already-claimed = A colleague was faster. The person is being answered.
console-refusal-hotline-note-mismatch = What the person wrote does not fit what the server handed out, so it was not opened, and the person waits again. Please tell a supervisor.
console-refusal-hotline-device-not-certified = The server does not know this browser as certified. Please open “This browser”.
console-refusal-hotline-wrong-state = This request has moved on in the meantime.
console-refusal-console-no-intake-key = This browser cannot open what the person wrote yet. A colleague’s console passes the key on when it is open. The person waits again.
console-refusal-console-not-opened = The conversation could not be opened. The person waits again.
console-refusal-no-signing-device = This browser is not a signing device now.
console-refusal-wrong-certificate = This certificate is not for this browser’s signing device.
console-refusal-wrong-root = This certificate was made by another root key than the one this browser believes.
console-refusal-revoked = This device was revoked. It needs new keys.
console-refusal-untrusted = What the server showed does not hold together. Please tell a supervisor.
console-refusal-storage = This browser keeps nothing, perhaps because it is a private window. Keys cannot be kept here.
console-refusal-unexpected = That did not work. Please try again.
`;export{e as default};