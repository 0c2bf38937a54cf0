# The arrival page: what a person reads first, also without JavaScript.

title = Start
languages = Language

exit-leave = Leave now
exit-two = Press Shift 2 more times to leave.
exit-one = Press Shift one more time to leave.
exit-over = Leaving by Shift was reset.

heading = You can talk with someone
lead = If someone hurts you, scares you, controls you, or makes you work or have sex, you can talk with a person.
enough = If something just does not feel right, that is enough.
nobody-heading = You can call someone
nobody-lead = If someone hurts you, scares you, controls you, or makes you work or have sex, you can call a person who helps.
nobody = Nobody can be written to on this page yet. The numbers below are open.
answered-by = The people who answer are from
answered = The people who answer are trained helpers. You see which organisation they are from before you send anything.
choice = You choose what you say. You can stop at any time.
start-talk = Talk with a person
start-return = I have return words
start-loading = One moment.
start-failed = This did not load. Please try again, or use a number below.
no-script = Talking here needs JavaScript, which is off in this browser. The numbers below work without it.

numbers = Numbers to call or text
numbers-about = A call stays in this phone’s list of calls, and the bill can show its number, date and time. Texts stay on the phone, and the phone company can read them. If you can, use a phone that nobody else looks at.
numbers-other = Numbers in other countries
call = Call
text = Text
text-word = Text
text-to = to
line-police = This line is run by the police, or passes reports to the police.
line-always = Day and night
line-languages = Speaks { $languages }
line-interpreters = Speaks { $languages }, and more through interpreters
line-bill-call = Can show on the phone bill
line-bill-text = Can show on the phone bill. Texts stay on the phone
line-checked = { $country } · compared with public sources on { DATETIME($date, dateStyle: "long") }
language-en = English
language-es = Spanish
language-fr = French
language-ar = Arabic
language-af = Afrikaans
language-cy = Welsh
language-de = German
language-hi = Hindi
language-it = Italian
language-nl = Dutch
language-pt = Portuguese
language-xh = isiXhosa
language-zu = isiZulu

leaving = How to leave fast
leaving-script = “Leave now” is always at the top. Pressing the Shift key three times does the same. It empties this page and opens an ordinary one. The Back button will not bring this page back.
leaving-no-script = “Leave now” is always at the top and opens an ordinary page. Because JavaScript is off, the Back button can bring this page back: close the tab as well.

traces = What this page hides, and what it cannot hide
traces-hidden = What it does
traces-left = What it cannot do
hidden-nothing-kept = It keeps nothing on this device unless you ask it to.
hidden-sealed = What you write can be read by the people you talk with. The computer in between cannot read it.
hidden-no-account = It asks for no name, number or e-mail.
left-history = Your browser’s history can show that this address was opened. A private window avoids that.
left-watched = Someone who looks at the screen, or has put a spying app on the phone, can see what you see.
left-network = The internet provider, or whoever owns the Wi-Fi, can see that this address was visited, not what was said.
left-calls = Calls and texts leave traces on the phone and on the bill.
left-code = A person who takes over this website could change what it does. We publish how to compare it.
left-spyware = If you think the phone is watched, you may be safer using another one. Removing a spying app, or turning off location sharing, can be noticed. You can plan that with someone first.
