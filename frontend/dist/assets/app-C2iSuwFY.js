var e=`# The survivor's app. Short sentences, no alarm, always a choice, and the truth about what is certain.

## Small words

app-loading = One moment.
app-one-moment = One moment.
app-try-again = Try again
app-nothing-sent = Nothing has been sent yet.
app-numbers = Numbers to call or text
app-span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
  }
app-span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
  }
app-span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
  }

## Nobody to ask

app-unreachable-title = No connection right now
app-nobody-title = Nobody answers here yet
app-nobody-body = No organisation is set up to answer on this page. The numbers below work without it.

## Who answers

app-who-title = Who answers
app-who-one = This organisation answers here.
app-who-several = Several organisations answer here. You choose one. None of them sees what you write to another.
app-who-on-shift = Somebody is there now.
app-who-off-shift = Nobody is there right now. You can ask, and they see it when they are back.
app-who-languages = Answers in { $languages }
app-link-fits-nobody = The link that you opened names an organisation with other keys than those that this page was given. Somebody may have changed something, or the link may be old.
app-link-fits-nobody-do = A number below is the safer way right now. If you can, tell the organisation.
app-link-unknown = The organisation in your link could not be compared yet.
app-trust-checking = Checking this organisation’s keys.
app-trust-link = Checked: these are the keys that the organisation’s own link names.
app-trust-kept = Checked: these are the same keys as before.
app-trust-first-use = This page sees these keys for the first time. It believes what this site says and cannot know more by itself. You can compare the letters.
app-trust-refused = The newest list of who may answer could not be believed. Who was checked before still counts for some days. If you can, ask about it by phone.
app-trust-letters = Letters to compare
app-trust-letters-about = If the organisation printed these letters, or reads them to you on the phone, they must be the same.

## Before anything is sent

app-before-title = Before you start
app-before-who = Who can read what you write
app-before-who-body = You, and the people of { $organisation } who join the conversation. You see each of them by name. The computers in between cannot read it. They see when something is sent, and roughly how long it is.
app-before-exceptions = When they must tell somebody
app-before-exceptions-lead = There are things that { $organisation } cannot keep to itself. These are its own words:
app-before-exceptions-none = { $organisation } has not written here when it must tell somebody. You can ask that first, before you say anything else.
app-before-kept = How long it is kept
app-before-kept-messages = Messages disappear from both screens after a time that you both see. You can change it, from 5 minutes to 7 days.
app-before-kept-request = Your request waits for 72 hours at most. The server erases what was delivered, and everything else after 7 days at most.
app-before-kept-device = This device keeps nothing, unless you choose it later.
app-before-cannot = What this cannot do
app-before-cannot-seen = It cannot hide the screen from somebody who looks at it, or from a spying app on the phone.
app-before-cannot-visited = It cannot hide that this address was opened.
app-before-cannot-remember = It cannot make the other person forget, or stop a screen from being photographed.
app-before-cannot-police = It sends nobody to you. If you are in danger now, a call is faster.

## Is it safe

app-safe-title = Is it safe to talk now?
app-safe-body = Only you can tell. It can help to think of this:
app-safe-look = Could somebody look at this screen?
app-safe-take = Could somebody take this phone from you and read it?
app-safe-hear = Would somebody ask what you are writing?
app-safe-any-time = If that changes, you can leave at any moment. The button at the top empties the page.
app-safe-yes = Yes, I can talk now
app-safe-no = Not right now
app-safe-unsure = I am not sure
app-later-title = That is all right
app-later-body = You decide when. Some ways that may be safer:
app-later-device = Another phone or computer: of a friend, at a library, at a doctor’s.
app-later-time = Another time. This page will still be here.
app-later-call = A call, from a place where nobody listens.

## Asking

app-ask-title = Ask for a person
app-ask-level = How soon do you need somebody?
app-ask-level-missing = Please choose one of these. It decides who is answered first.
app-level-now = Now
app-level-now-about = I am in danger, or it cannot wait.
app-level-now-call = If you can make a call, that is faster than writing. The numbers are at the end of this page.
app-level-soon = Soon
app-level-soon-about = Today or in the next days.
app-level-talk = I want to talk
app-level-talk-about = I have a question, or I am not sure what this is.
app-ask-text = A few words to begin with
app-ask-text-about = You do not have to write your name. Only { $organisation } can open this.
app-ask-text-room = Room for about { $count ->
    [one] { $count } more letter
   *[other] { $count } more letters
  }.
app-ask-text-long = Too long by about { $count ->
    [one] { $count } letter
   *[other] { $count } letters
  }. The rest can be said in the conversation.
app-ask-more = Say more, if you like
app-ask-topics = What is it about?
app-ask-topics-about = Up to { $most }. Chosen: { $count }.
app-topic-partner-violence = My partner, or somebody in my family, hurts or controls me
app-topic-labor-trafficking = Somebody makes me work
app-topic-sex-trafficking = Somebody makes me have sex, or sells me
app-topic-debt-bondage = I am told that I must work off a debt
app-topic-docs-confiscated = Somebody has my papers
app-topic-job-offer-check = I was offered a job and want to know if it is real
app-topic-stalking-monitoring = Somebody follows or watches me
app-topic-image-abuse = Somebody has pictures of me, or shows them
app-topic-impersonation = Somebody pretends to be me
app-topic-device-safety = My phone or my accounts may be watched
app-topic-need-shelter = I need a place to stay
app-topic-need-legal = I need a lawyer, or have a question about the law
app-topic-need-medical = I need a doctor
app-topic-need-counselling = I need somebody to talk to for longer
app-topic-need-money = I need money or food
app-topic-need-transport = I need a way to get somewhere
app-topic-peer-support = I want to talk with somebody who lived through this
app-ask-country = Where are you?
app-ask-country-about = So that they know which help is near. Not the town, only the country or state.
app-ask-country-none = I would rather not say
app-ask-state = State or territory
app-ask-language = Which language do you want to write in?
app-ask-language-other = { $organisation } does not list this language. They may need more time.
app-ask-next = What happens next
app-ask-next-sealed = Your words are sealed on this device, and only { $organisation } can open them.
app-ask-next-clear = How soon, what about, where and the language are not sealed: requests are sorted by them. They do not say who you are.
app-ask-next-joins = Somebody joins, and you see their name before you write more.
app-ask-next-stop = You can stop at any time.
app-ask-send = Ask for a person

## Waiting

app-wait-title = Waiting for a person
app-wait-title-refused = This did not go through
app-wait-sending = Sealing and sending your request.
app-wait-ahead = { $ahead ->
    [0] You are next.
    [one] { $ahead } person is before you.
   *[other] { $ahead } people are before you.
  }
app-wait-on-shift-about = Somebody is there. We do not know how long the talks before yours take. Who is in danger may be answered first.
app-wait-off-shift = Nobody is there right now.
app-wait-off-shift-about = Your request waits, sealed, for up to 72 hours. They see it when they are back. We do not know when that is.
app-wait-claimed = Somebody has taken your request.
app-wait-joining = The safe connection is being made.
app-wait-rejoining = You are back. To let you in again with new keys, the person who talks with you has to be at their screen. We do not know when that is.
app-wait-reopened = The other person’s connection was lost, so your request waits again. That was not because of you.
app-wait-unreachable = No connection right now. This page tries again by itself, and your place stays.
app-wait-stranger = Instead of somebody from the organisation, somebody whom it does not vouch for was to be let in. That was refused, and nothing was sent to them.
app-wait-stranger-do = You can start again with new keys, take your request back, or use a number below.
app-wait-said = What was said so far
app-wait-meanwhile = While you wait
app-wait-open = Keep this page open. If it closes, or is loaded again, only return words bring you back here.
app-wait-leave = You can leave at any moment. Leaving does not take the request back.
app-wait-breathe = If you like: put both feet on the floor, and breathe out slowly.
app-withdraw-title = Take my request back
app-withdraw-body = The request and your words are erased at the server. Nobody will answer it. You can ask again at any time.
app-withdraw-act = Take it back
app-withdraw-stay = Keep waiting

## Return words

app-words-title = Words to come back
app-words-look = About return words
app-words-offer = Six words can bring you back to this place, from this device or another one, if the page closes. You do not have to have them.
app-words-anyone = Whoever has the words can come back in your place and write as you.
app-words-where = Learn them, or write them where nobody looks: between other words, on a list of things to buy.
app-words-once = They are shown once.
app-words-life = They work for 7 days. Messages from before do not come back with them, only the conversation.
app-words-show = Show me six words
app-words-without = I go on without them
app-words-here = Somebody is here for you. They wait while you write these down.
app-words-these = These are your words, in this order.
app-words-accents = Capitals and accents do not matter. The first four letters of each word are enough.
app-words-have = I have them
app-words-busy = One moment. This can take some seconds.
app-words-kept = Your return words work now. They are not shown again.
app-back-title = Come back to your place
app-back-words = Your six words
app-back-words-about = In their order. Capitals, accents and spaces do not matter.
app-back-unknown = { $count ->
    [0] “{ $word }” is not a word of our lists. Perhaps a letter is different.
   *[other] “{ $word }” and { $count } more are not words of our lists. Perhaps a letter is different.
  }
app-back-count = { $count ->
    [one] That is { $count } word. Six are needed.
   *[other] That is { $count } words. Six are needed.
  }
app-back-open = Open
app-back-busy = Opening. This can take some seconds.
app-back-forgot = Without the words nobody can bring that place back, we neither. You can ask again, and say that you asked before.
app-back-new = Ask for a person instead

## The conversation

app-talk-title = The conversation
app-talk-more = More
app-talk-log = Messages
app-talk-empty = Nothing is said yet. You can begin, or wait for the other person.
app-talk-newest = To the newest message
app-talk-over = This conversation is over. What you still see here is only on this screen.
app-talk-finish = Erase and go on
app-compose-label = Write a message
app-compose-send = Send
app-compose-once = Can be read once
app-compose-long = { $count ->
    [one] Too long by { $count } letter.
   *[other] Too long by { $count } letters.
  } It can be sent in two parts.
app-connection-connecting = Connecting.
app-connection-offline = No connection right now. What you write waits here, and goes out by itself.
app-connection-joining = Waiting for the other side to let you in with new keys. What you write waits here.
app-connection-broken = Nothing is sent right now.
app-connection-broken-about = Something here cannot be trusted: see below. You can start again with new keys, leave, or use a number under “More”.
app-connection-rejoin = Start again with new keys
app-message-sending = Sending
app-message-stored = Kept by the server
app-message-seen = On their screen
app-message-not-confirmed = Not confirmed
app-message-refused = Not sent
app-message-again = Write it again
app-message-gone = Gone in { $span }
app-once-waits = A message that can be read once.
app-once-open = Open it
app-once-close = Close: it is gone then
app-once-mine = Once

## What happened

app-notice-care = You can stop here, or ask about it by phone. The numbers are under “More”.
app-notice-joined = { $who ->
    [me] You have joined.
    [staff] { $name } has joined.
   *[unnamed] Somebody has joined.
  }
app-notice-left = { $who ->
    [me] You have left.
    [staff] { $name } has left, and cannot read what is written from now on.
   *[unnamed] Somebody has left, and cannot read what is written from now on.
  }
app-notice-rejoined = { $who ->
    [me] You are back, with new keys.
    [staff] { $name } is back, with new keys.
   *[unnamed] Somebody is back, with new keys.
  }
app-notice-missing-expired = { $count ->
    [one] { $count } message
   *[other] { $count } messages
  } from { $who ->
    [staff] { $name }
   *[unnamed] the other side
  } waited too long and { $count ->
    [one] was
   *[other] were
  } erased before reaching you.
app-notice-missing-burned = { $count ->
    [one] { $count } message was
   *[other] { $count } messages were
  } erased by a member before reaching you.
app-notice-missing-withheld = { $count ->
    [one] { $count } message
   *[other] { $count } messages
  } from { $who ->
    [staff] { $name }
   *[unnamed] the other side
  } did not reach you. Somebody on the way held them back or erased them too early.
app-notice-unreadable = Something came that nobody here wrote like this. It was not opened.
app-notice-order-skipped = The server left something out of the conversation.
app-notice-order-repeated = The server sent something a second time. It was not shown again.
app-notice-order-rolled-back = The server shows an older state of the conversation than before.
app-notice-not-confirmed = Nobody has opened your last message yet. They may be away, or somebody holds it back. We cannot tell which.
app-notice-timer = { $who ->
    [me] You set messages to disappear after { $span }.
    [staff] { $name } set messages to disappear after { $span }.
   *[unnamed] Messages now disappear after { $span }.
  }
app-notice-burned = { $who ->
    [me] You erased everything before this line, on both screens.
    [staff] { $name } erased everything before this line, on both screens.
   *[unnamed] Everything before this line was erased, on both screens.
  }
app-notice-closed = { $who ->
    [me] You ended the conversation.
    [staff] { $name } ended the conversation.
   *[unnamed] The conversation was ended.
  }
app-notice-newer-list = The other side knows of newer changes to who may answer than this page was given. Somebody may be holding them back.
app-notice-untrusted = Somebody in this conversation is no longer vouched for by the organisation. Nothing more is sent to them.
app-notice-untrusted-stale = This page could not learn who is still vouched for. Nothing is sent until it can.
app-notice-change-stranger = Somebody whom the organisation does not vouch for was to be let in. That was refused, and nothing more is sent.
app-notice-change-unreadable = A change of the conversation could not be read. Nothing is sent until it starts again with new keys.
app-notice-restarted = The conversation started again with new keys.
app-notice-ended = The conversation was ended.
app-notice-removed = You were taken out of the conversation.
app-notice-not-kept = The place on this device takes nothing more. Until that is settled, nothing is sent or read.
app-notice-not-kept-do = Under “More” you can stop keeping on this device. The conversation then goes on in this page only.

## Beside the conversation

app-panel-back = To the conversation
app-panel-more = More
app-panel-timer = When messages disappear
app-panel-people = Who is here
app-panel-people-about = Names, until when they are vouched for, numbers to compare
app-panel-words = Words to come back
app-panel-words-about = Six words, in case this page closes
app-panel-keep = Keep on this device
app-panel-keep-about = Sealed under a phrase of yours
app-panel-numbers = Numbers to call or text
app-panel-numbers-about = People on the phone
app-panel-burn = Erase what was said
app-panel-burn-about = On both screens and at the server
app-panel-end = End the conversation
app-panel-end-about = For both of you
app-timer-now = Messages disappear after { $span }. Change this
app-timer-choice = After { $span }
app-timer-about = This counts from the moment when a message is read. For the person who wrote it, from sending.
app-timer-both = Both of you see it when this changes. It holds for messages from now on.
app-timer-limit = It cannot undo a photo of the screen, or what somebody remembers.
app-people-me = You
app-people-me-about = Without a name. The others see that you are the person who asked.
app-people-advocate = Answers for { $organisation }
app-people-supervisor = Leads the team of { $organisation }
app-people-until = Vouched for until { $until }
app-people-unnamed = Somebody without a name
app-people-none = Nobody yet.
app-people-number = Numbers to compare
app-people-number-about = If you can talk in another way, read these to each other. If they are the same, nobody is in between.
app-people-keys = Keys of { $organisation }
app-keep-about = So that you can close this page and go on later, the conversation can be kept on this device: sealed, in one file that always has the same size.
app-keep-found = Somebody who searches this device well can find that something is kept, not what it says.
app-keep-phrase-lost = Without the phrase it cannot be opened again, by you neither.
app-keep-forced = Somebody could force you to say the phrase.
app-keep-copied = A copy of the file can be tried with many phrases. That is why yours needs five words or more.
app-keep-words-instead = If you are unsure, return words keep nothing on this device.
app-keep-phrase = A phrase of five words or more
app-keep-phrase-about = Words that have nothing to do with each other are best. Not a saying, a song, or something that people know about you.
app-keep-repeat = The same phrase again
app-keep-different = The two are not the same yet.
app-keep-act = Keep it here
app-keep-not = Do not keep anything
app-keep-kept = This conversation is kept on this device, sealed.
app-keep-failed = The place on this device takes nothing more. You can stop keeping, and go on in this page only.
app-keep-stop-body = If you stop, what is kept is overwritten and removed. The conversation goes on as long as this page is open.
app-keep-stop = Stop keeping, and erase
app-keep-go-on = Keep it
app-kept-open-title = I kept a conversation on this device
app-kept-open-about = It opens with your phrase. Capitals, accents and spaces do not matter.
app-kept-phrase = Your phrase
app-kept-erase-title = Erase what is kept here
app-kept-erase-body = What is kept on this device is overwritten and removed. No phrase is needed, and it cannot be undone.
app-kept-erase-act = Erase it
app-kept-erase-stay = Leave it
app-kept-erased = It is overwritten and removed.
app-burn-body = Every message so far disappears from both screens and from the server. Your first words disappear from the screens too; sealed, they stay at the server until the request ends. The conversation goes on. What somebody photographed or remembers stays.
app-burn-act = Erase what was said
app-burn-stay = Leave it
app-end-body = The conversation ends for both of you. You can ask again later, and may talk with somebody else then.
app-end-act = End it
app-end-stay = Go on talking

## The end

app-ended-withdrawn-title = Taken back
app-ended-withdrawn-body = Your request is erased at the server.
app-ended-closed-title = The conversation has ended
app-ended-closed-body = It is closed for both of you.
app-ended-gone-title = This request is over
app-ended-gone-body = The server has it no more: its time was over, or somebody closed it.
app-ended-erased = Nothing of it is left on this page. You can come back whenever you want.
app-ended-again = Ask for a person again

## What did not work

app-refusal-unexpected = Something did not work, and we do not know why. You can try again, or use a number.
app-refusal-net-unreachable = There is no connection to the server right now. You can try again, or use a number.
app-refusal-request-slow-down = That was tried too often. Please wait some minutes; for return words, an hour.
app-refusal-request-try-later = The server has too much to do right now. Please try again in a few minutes.
app-refusal-hotline-queue-full = Too many people are waiting here right now. A number may be faster.
app-refusal-hotline-intake-key-stale = The key for today changed in the meantime. Please try again.
app-refusal-hotline-unknown-seat = The server names a conversation that this page never asked for. Please do not write here now. A number is safer.
app-refusal-trust-root = These are not the keys that this organisation should have. Please do not write here now. A number is safer.
app-refusal-trust-list-stale = The organisation’s list of who may answer is too old to rely on. Please use a number, or come back later.
app-refusal-trust-list-older = The server shows an older list of who may answer than before. Please do not write here now. A number is safer.
app-refusal-trust-revoked = Somebody in the chain that vouches for this organisation is no longer trusted. Please use a number, or come back later.
app-refusal-trust-time = The organisation’s keys have run out or are not valid yet. Please use a number, or come back later.
app-refusal-trust-no-intake = Nobody of this organisation has prepared to receive requests today. Please use a number, or come back later.
app-refusal-trust-broken = The keys of this organisation do not fit together. Please do not write here now. A number is safer.
app-refusal-clock-off = The clock of this device and the server’s do not agree, so the keys cannot be checked. If the time or date of this device is wrong, set it and try again.
app-refusal-place-none = Nothing belongs to these words. Perhaps a word is different, or the 7 days are over.
app-refusal-place-other = Something is there, but it cannot be opened. It may be damaged, or from another version of this page.
app-refusal-kept-none = Nothing is kept on this device.
app-refusal-kept-wrong-phrase = This phrase does not open it. Perhaps a word is different.
app-refusal-kept-short-phrase = Please use five different words or more.
app-refusal-kept-already = A conversation is kept on this device already. It has to be opened or erased first, under “I have return words” on the first page.
app-refusal-kept-elsewhere = It is open in another tab of this browser. Please close that one first.
app-refusal-kept-storage = This browser does not let the page keep anything, or there is no space left. In a private window that is normal.
app-refusal-kept-memory = This device has too little memory free for that. Closing other pages may help.

## States and territories of the United States

app-state-AL = Alabama
app-state-AK = Alaska
app-state-AZ = Arizona
app-state-AR = Arkansas
app-state-CA = California
app-state-CO = Colorado
app-state-CT = Connecticut
app-state-DE = Delaware
app-state-DC = District of Columbia
app-state-FL = Florida
app-state-GA = Georgia
app-state-GU = Guam
app-state-HI = Hawaii
app-state-ID = Idaho
app-state-IL = Illinois
app-state-IN = Indiana
app-state-IA = Iowa
app-state-KS = Kansas
app-state-KY = Kentucky
app-state-LA = Louisiana
app-state-ME = Maine
app-state-MD = Maryland
app-state-MA = Massachusetts
app-state-MI = Michigan
app-state-MN = Minnesota
app-state-MS = Mississippi
app-state-MO = Missouri
app-state-MT = Montana
app-state-NE = Nebraska
app-state-NV = Nevada
app-state-NH = New Hampshire
app-state-NJ = New Jersey
app-state-NM = New Mexico
app-state-NY = New York
app-state-NC = North Carolina
app-state-ND = North Dakota
app-state-OH = Ohio
app-state-OK = Oklahoma
app-state-OR = Oregon
app-state-PA = Pennsylvania
app-state-PR = Puerto Rico
app-state-RI = Rhode Island
app-state-SC = South Carolina
app-state-SD = South Dakota
app-state-TN = Tennessee
app-state-TX = Texas
app-state-UT = Utah
app-state-VT = Vermont
app-state-VA = Virginia
app-state-VI = U.S. Virgin Islands
app-state-WA = Washington
app-state-WV = West Virginia
app-state-WI = Wisconsin
app-state-WY = Wyoming
`;export{e as default};