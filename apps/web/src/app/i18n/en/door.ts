import { pluralsOf } from '../plurals.ts';

const counted = pluralsOf('en');

/** The sentences up to the door: start page, lobby, and what keeps one out. */
export const EN_DOOR = {
  start: {
    heading: 'Private rooms that don’t last.',
    lead: 'Open a room, share the link, talk. Messages are encrypted in this browser and vanish by themselves. No account.',
    codeLabel: 'Invite link or code',
    codeHint: 'Leave empty to make a new room.',
    codePlaceholder: 'Paste a link or a code',
    nameLabel: 'Your name',
    namePlaceholder: 'We’ll pick one for you',
    optional: 'optional',
    passwordLabel: 'Password',
    newPasswordHint: 'Everybody needs it besides the link.',
    joinPasswordHint: 'Asked for in this room. It is never stored.',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    suggestPassword: 'Suggest four words',
    lifetimeLabel: 'Messages vanish after',
    newcomersLabel: 'Who gets in',
    newcomersOpen: 'whoever has the link',
    newcomersApprove: 'whom somebody inside lets in',
    historyLabel: 'Newcomers',
    historyKept: 'can read messages that haven’t vanished yet',
    historyNone: 'can’t read anything written before they came',
    create: 'Create a room',
    join: 'Join the room',
    connecting: 'Connecting…',
    makingKeys: 'Making keys…',
    tryingAgain: 'No answer yet, trying again…',
    cancel: 'Cancel',
    makeCode: 'Make a code for me',
    promiseEncrypted: 'End-to-end encrypted: the server passes on what it can’t read.',
    promiseVanishing: 'Nothing stays: messages, keys and rooms end by themselves.',
    promiseAnonymous: 'No account, no e-mail, no cookies.',
  },

  lobby: {
    heading: 'You’re invited',
    lead: 'This link opens an encrypted room.',
    looking: 'Looking at the room…',
    nobody:
      'Nobody is inside right now. If you go in, the room starts anew and earlier messages can’t be read.',
    inside: (count: number) =>
      counted(count, { one: 'One person is inside.', other: '# people are inside.' }),
    withPassword: 'It asks for a password.',
    lifetime: (span: string) => `Messages vanish after ${span}.`,
    gone: 'This room has ended.',
    goneNext: 'Rooms don’t last. Ask for a new link, or make a room of your own.',
    full: 'This room is full.',
    makeOwn: 'Make a new room',
    lookAgain: 'Look again',
    otherRoom: 'Not this room? Go to the start page',
  },

  code: {
    incomplete: (length: number) =>
      counted(length, { one: '# of 32 characters so far.', other: '# of 32 characters so far.' }),
    incompleteFinal: (length: number) =>
      counted(length, { other: 'A code has 32 characters; this one has #. Copy it once more.' }),
    tooLong: (length: number) => counted(length, { other: 'A code has 32 characters; this one has #.' }),
    mistyped: 'There is a letter in it that codes don’t have. Check it against the original.',
    chosenName:
      'Rooms can’t have names of your choosing: a name that can be guessed lets strangers in. A code can’t be guessed.',
    linkWithoutSecret: 'The part after # is missing from this link. Ask for the whole link again.',
  },

  notice: {
    lostSecret: 'This link has lost its secret.',
    lostSecretNext:
      'The part after # is missing or damaged, and only that part opens the room. Ask for the whole link again, or enter the code below.',
    codeInPath: 'The server has seen this code.',
    codeInPathNext:
      'The code stood in the address itself, so it was sent to the server. We took it out of the address bar and did not join. A new room is safer.',
    useAnyway: 'Use the code anyway',
  },

  name: {
    tooLong: (most: number) => counted(most, { other: 'At most # characters, please.' }),
    hiddenCharacters: 'There are invisible characters in this name.',
  },

  environment: {
    heading: 'ByteChat can’t run here',
    insecureContext: 'This page was opened over an unencrypted address.',
    insecureContextNext:
      'Browsers allow encryption only on https:// addresses and on localhost. Open the page over https://, or ask whoever runs this server to set it up.',
    webCrypto: 'This browser has no Web Crypto, which does the encryption.',
    worker: 'This browser can’t run module workers, in which the keys are kept.',
    browserNext: 'Use a current Firefox, Chrome, Edge or Safari.',
  },

  closed: { again: 'Join again', toStart: 'Start page' },

  wiped: {
    heading: 'Everything is erased.',
    text: 'Rooms, keys and messages are gone from every tab of this browser. The link is out of the address bar.',
    honest:
      'What others in the room have read stays with them, and what you copied is still in the clipboard.',
  },

  settings: {
    heading: 'Settings',
    theme: 'Appearance',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    language: 'Language',
    notifications: 'Notifications',
    notificationsHint: 'Says that something came, never what or from whom.',
    notificationsRefused:
      'This browser doesn’t allow them. Change it in the browser’s settings for this page.',
    newMessage: 'A new message',
    sound: 'Sound',
    forgotten: 'Settings are forgotten when this tab closes.',
  },

  installed: {
    offline: 'There is no connection.',
    offlineNext: 'This page opens without one, but a room needs it. Go on as soon as it is back.',
    updateReady: (version: string) => `Version ${version} is ready.`,
    useNow: 'Use it now',
    later: 'Later',
  },

  ui: { close: 'Close' },
};
