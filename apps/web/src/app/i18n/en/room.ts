import { pluralsOf } from '../plurals.ts';

const counted = pluralsOf('en');

/** The sentences of a room: conversation, people, invitation, the way in and out. */
export const EN_ROOM = {
  room: {
    title: 'Private room',
    people: (count: number) => counted(count, { one: '1 person', other: '# people' }),
    vanishing: (span: string) => `messages vanish after ${span}`,
    copyLink: 'Copy link',
    copied: 'Copied',
    copyFailed: 'Copying isn’t allowed here. Select the text and copy it:',
    details: 'Room details',
    invite: 'Invite people',
    leave: 'Leave',
    messages: 'Messages',
    empty: 'No messages yet',
    emptyNext: 'Share the link to bring people in. What you write here can be read only by those inside.',
    terms: (span: string) => `Messages vanish after ${span}.`,
    termsHistory: 'Newcomers can read what is still here.',
    termsNoHistory: 'Newcomers can’t read what was written before they came.',
    unread: 'New',
    newMessages: (count: number) => counted(count, { one: '1 new message', other: '# new messages' }),
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
    delivered: 'Delivered',
    failed: 'Not sent',
    failedBecause: (reason: string) => `Not sent. ${reason}`,
    retry: 'Try again',
    discard: 'Delete',
    actions: (name: string) => `Message from ${name}: actions`,
    copyText: 'Copy text',
    opens: (host: string) => `opens ${host}`,
  },

  composer: {
    label: 'Message',
    placeholder: 'Write a message',
    send: 'Send',
    left: (count: number) => counted(count, { one: '1 character left', other: '# characters left' }),
    tooLong: (count: number) => counted(count, { one: '1 too many', other: '# too many' }),
    notYet: 'You can write now; sending opens when you are in.',
    paused: 'Sending is paused.',
    keys: 'Enter sends, Shift + Enter starts a new line',
  },

  system: {
    joined: (names: string) => `${names} joined`,
    left: (names: string) => `${names} left`,
    timeout: (names: string) => `${names} left (connection lost)`,
    kicked: (names: string) => `${names} was removed and can’t read what comes now`,
    linkChanged: 'The invite link has changed. The old one opens nothing any more.',
    reinit: 'The room has started anew with fresh keys. Earlier messages can’t be read by newcomers.',
    sameName: (name: string) =>
      `Another “${name}” has come in, with a different key. Ask in person which one is real.`,
    founded: 'You opened this room. Only people with the link can come in.',
    foundedAnew: 'The room was empty and has started anew. Earlier messages can’t be read.',
    rejoined: 'You were away too long and came back anew. Some of what was said in between may be missing.',
    renamed: (name: string, before: string) => `${before} is now ${name}`,
    gap: (missing: number) =>
      counted(missing, { one: 'One message is missing.', other: '# messages are missing.' }),
    unreadable: 'A message could not be read and was dropped.',
    andOthers: (shown: string, others: number) =>
      counted(others, { one: `${shown} and 1 other`, other: `${shown} and # others` }),
  },

  connection: {
    idle: 'Not connected',
    connecting: 'Connecting…',
    online: 'Connected',
    recovering: 'Catching up…',
    offline: 'Offline',
    waiting: (span: string) => `Connection lost. Next try in ${span}`,
    waitingNow: 'Connection lost. Trying again…',
    attempts: 'The server can’t be reached. Your draft is kept.',
    tryNow: 'Try now',
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

  knocking: {
    asks: (name: string) => `${name} asks to come in.`,
    hint: 'Let in only whom you expect.',
    admit: 'Let in',
    refuse: 'Refuse',
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
    link: 'Invite link',
    qr: 'QR code',
    qrLabel: 'QR code of the invite link',
    qrHint: 'Point a phone’s camera at it.',
    expiry: 'The link works while somebody is inside. An empty room ends by itself, and its link with it.',
    copyLink: 'Copy link',
    copyCode: 'Copy code',
    share: 'Share…',
    shareTitle: 'A private room',
    hideLink: 'Hide link',
    hideLinkHint: 'Takes the link out of the address bar. Reloading will not find the room again.',
    hidden: 'The link is out of the address bar.',
  },

  people: {
    heading: (count: number) => counted(count, { other: 'People (#)' }),
    you: 'you',
    owner: 'owner',
    away: 'away',
    verified: 'verified',
    sameName: 'same name',
    kick: (name: string) => `Remove ${name}`,
  },

  kickDialog: {
    heading: (name: string) => `Remove ${name}?`,
    text: 'The keys and the invite link change at once. What was read before can’t be taken back.',
    next: 'To invite others afterwards, share the new link; the old one opens nothing any more.',
    confirm: 'Remove',
    cancel: 'Cancel',
  },

  leaveDialog: {
    heading: 'Leave this room?',
    text: 'Your messages here and the keys are erased from this browser at once. You need the link to come back.',
    confirm: 'Leave and erase',
    cancel: 'Stay here',
    wipe: 'Erase all tabs now',
    panic: 'In a hurry: press Esc three times. It leaves and erases in every tab.',
  },
};
