/** Every sentence of the interface but those about errors (errors/error-texts.ts), in one place. */
export const TEXTS = {
  product: 'ByteChat',

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
    create: 'Create a room',
    join: 'Join the room',
    working: { connecting: 'Connecting…', keys: 'Making keys…', again: 'No answer yet, trying again…' },
    cancel: 'Cancel',
    makeCode: 'Make a code for me',
    promises: [
      { icon: 'lock', text: 'End-to-end encrypted: the server passes on what it can’t read.' },
      { icon: 'timer', text: 'Nothing stays: messages, keys and rooms end by themselves.' },
      { icon: 'person', text: 'No account, no e-mail, no cookies.' },
    ],
  },

  lobby: {
    heading: 'You’re invited',
    lead: 'This link opens an encrypted room.',
    looking: 'Looking at the room…',
    nobody:
      'Nobody is inside right now. If you go in, the room starts anew and earlier messages can’t be read.',
    inside: (count: number) => (count === 1 ? 'One person is inside.' : `${count} people are inside.`),
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
    incomplete: (length: number) => `${length} of 32 characters so far.`,
    incompleteFinal: (length: number) =>
      `A code has 32 characters; this one has ${length}. Copy it once more.`,
    tooLong: (length: number) => `A code has 32 characters; this one has ${length}.`,
    mistyped: 'There is a letter in it that codes don’t have. Check it against the original.',
    chosenName:
      'Rooms can’t have names of your choosing: a name that can be guessed lets strangers in. A code can’t be guessed.',
    linkWithoutSecret: 'The part after # is missing from this link. Ask for the whole link again.',
  },

  notice: {
    lostSecret: 'This link has lost its secret',
    lostSecretNext:
      'The part after # is missing or damaged, and only that part opens the room. Ask for the whole link again, or enter the code below.',
    codeInPath: 'The server has seen this code',
    codeInPathNext:
      'The code stood in the address itself, so it was sent to the server. We took it out of the address bar and did not join. A new room is safer.',
    useAnyway: 'Use the code anyway',
  },

  name: {
    tooLong: (most: number) => `At most ${most} characters, please.`,
    hiddenCharacters: 'There are invisible characters in this name.',
  },

  room: {
    title: 'Private room',
    people: (count: number) => (count === 1 ? '1 person' : `${count} people`),
    vanishing: (span: string) => `messages vanish after ${span}`,
    copyLink: 'Copy link',
    copied: 'Copied',
    copyFailed: 'Copying isn’t allowed here. Select the text and copy it:',
    details: 'Room details',
    leave: 'Leave',
    messages: 'Messages',
    empty: 'No messages yet',
    emptyNext: 'Share the link to bring people in. What you write here can be read only by those inside.',
    newMessages: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
    toNewest: 'To the newest message',
    you: 'You',
    today: 'Today',
    yesterday: 'Yesterday',
    goneIn: (span: string) => `gone in ${span}`,
    skip: 'Skip to the message field',
  },

  message: {
    sending: 'Sending',
    sent: 'Sent',
    failed: 'Not sent',
    retry: 'Try again',
    discard: 'Delete',
  },

  composer: {
    label: 'Message',
    placeholder: 'Write a message',
    send: 'Send',
    left: (count: number) => (count === 1 ? '1 character left' : `${count} characters left`),
    tooLong: (count: number) => `${count} too many`,
    notYet: 'You can write now; sending opens when you are in.',
    paused: 'Sending is paused.',
    keys: 'Enter sends, Shift + Enter starts a new line',
  },

  system: {
    joined: (names: string) => `${names} joined`,
    left: (names: string) => `${names} left`,
    timeout: (names: string) => `${names} left (connection lost)`,
    founded: 'You opened this room. Only people with the link can come in.',
    foundedAnew: 'The room was empty and has started anew. Earlier messages can’t be read.',
    rejoined: 'You were away too long and came back anew. Messages in between can’t be read.',
    renamed: (name: string, before: string) => `${before} is now ${name}`,
    gap: (missing: number) =>
      missing === 1 ? 'One message is missing.' : `${missing} messages are missing.`,
    unreadable: 'A message could not be read and was dropped.',
    andOthers: (shown: string, others: number) =>
      others === 1 ? `${shown} and 1 other` : `${shown} and ${others} others`,
    and: (first: string, last: string) => `${first} and ${last}`,
  },

  connection: {
    idle: 'Not connected',
    connecting: 'Connecting…',
    online: 'Connected',
    recovering: 'Catching up…',
    waiting: (seconds: number) => `Connection lost. Next try in ${seconds}\u00a0s`,
    waitingNow: 'Connection lost. Trying again…',
    attempts: 'The server can’t be reached. Your draft is kept.',
    tryNow: 'Try now',
    short: { waiting: 'Offline', closed: 'Offline' },
  },

  membership: {
    keys: 'Making keys',
    founding: 'Opening the room',
    waiting: 'Waiting for a member to let you in',
    joined: 'Inside',
    waitingNext: 'Somebody inside has to be online. This usually takes a second or two.',
    unanswered: 'Nobody can let you in right now',
    unansweredNext: 'Everybody inside seems to be away. Your link stays good.',
    retry: 'Try again',
    progress: 'Steps on the way in',
  },

  alarm: {
    fork: 'The server shows people in this room different conversations',
    forkNext: 'Sending is stopped. Leave the room and agree on a new one over another channel.',
    gap: 'Messages are missing',
    gapNext: 'Something that was sent here did not arrive. Ask the others whether it mattered.',
    understood: 'All right',
  },

  session: {
    endsSoon: 'Still there? The room closes for you in a minute.',
    stay: 'Stay',
  },

  invite: {
    heading: 'Invite people',
    withPassword: 'Whoever has this link and the password can come in.',
    withoutPassword: 'Whoever has this link can come in.',
    code: 'Invite code',
    copyLink: 'Copy link',
    copyCode: 'Copy code',
    share: 'Share…',
    shareTitle: 'A private room',
    hideLink: 'Hide link',
    hideLinkHint: 'Takes the link out of the address bar. Reloading will not find the room again.',
    hidden: 'The link is out of the address bar.',
  },

  people: { heading: (count: number) => `People (${count})`, you: 'you', owner: 'owner', away: 'away' },

  encryption: {
    heading: 'Encryption',
    active: 'End-to-end encrypted',
    pending: 'Not encrypted yet: nothing can be sent',
    epoch: 'Key epoch',
    suite: 'Suite',
    suites: {
      1: 'RSA-OAEP-2048 · AES-256-GCM',
      2: 'RSA-OAEP-2048 + ECDH P-256 · AES-256-GCM',
    } as Readonly<Record<number, string>>,
    unknownSuite: 'unknown',
    newcomers: 'Newcomers',
    noHistory: 'can’t read earlier messages',
    history: 'can read what is still here',
    lifetime: 'Messages last',
    honest: 'Members can copy or photograph what they read.',
  },

  leaveDialog: {
    heading: 'Leave this room?',
    text: 'Your messages here and the keys are erased from this browser at once. You need the link to come back.',
    confirm: 'Leave and erase',
    cancel: 'Stay here',
    panic: 'Press Esc three times to leave at once.',
  },

  closed: { again: 'Join again', toStart: 'Start page' },

  environment: {
    heading: 'ByteChat can’t run here',
    insecureContext: 'This page was opened over an unencrypted address.',
    insecureContextNext:
      'Browsers allow encryption only on https:// addresses and on localhost. Open the page over https://, or ask whoever runs this server to set it up.',
    webCrypto: 'This browser has no Web Crypto, which does the encryption.',
    worker: 'This browser can’t run module workers, in which the keys are kept.',
    browserNext: 'Use a current Firefox, Chrome, Edge or Safari.',
  },

  theme: { label: 'Appearance', system: 'As the system', light: 'Light', dark: 'Dark' },

  ui: { close: 'Close' },
} as const;
