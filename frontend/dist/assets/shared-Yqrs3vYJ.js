var e=`# Texts that the survivor's app and the advocates' console share.

## Leaving

exit-leave = Leave now
exit-more = { $presses ->
    [one] Press Shift one more time to leave.
   *[other] Press Shift { $presses } more times to leave.
  }
exit-over = Leaving by Shift was reset.

## Small words

cancel = Cancel
close = Close
back = Back
continue = Continue
optional = optional
languages = Language
`;export{e as default};