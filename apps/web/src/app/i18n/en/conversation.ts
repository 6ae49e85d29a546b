import { pluralsOf } from '../plurals.ts';

const counted = pluralsOf('en');

/** What one does with messages: answer, react, correct, take back, find; and the keys for it. */
export const EN_CONVERSATION = {
  conversation: {
    reply: 'Reply',
    react: 'Add a reaction',
    moreEmoji: 'More emoji',
    edit: 'Edit',
    remove: 'Delete for everybody',
    deleted: 'Message deleted',
    edited: 'edited',
    editedBy: (name: string, text: string) => `${name} edited a message: ${text}`,
    deletedBy: (name: string) => `${name} deleted a message`,
    changing: 'Saving the change',
    changeFailed: 'Your change wasn’t sent.',
    replyingTo: (name: string) => `Replying to ${name}`,
    toOriginal: (name: string) => `In reply to ${name}: go to that message`,
    originalGone: 'The original isn’t here any more',
    editing: 'Editing your message',
    cancel: 'Cancel',
    save: 'Save the change',
    reactions: 'Reactions',
    reactedBy: (emoji: string, names: string) => `${emoji} from ${names}`,
  },

  deleteDialog: {
    heading: 'Delete this message?',
    text: 'It is erased from the screens of everybody in the room. Whoever has read it may still have kept it.',
    confirm: 'Delete',
    cancel: 'Keep it',
  },

  typing: {
    now: (names: string, count: number) =>
      counted(count, { one: `${names} is typing…`, other: `${names} are typing…` }),
    many: 'Several people are typing…',
    setting: 'Show others when I’m typing',
    hint: 'Encrypted, like your messages.',
  },

  emoji: {
    open: 'Choose an emoji',
    search: 'Search emoji',
    none: 'No emoji found',
    failed: 'The emoji couldn’t be loaded.',
    suggestions: 'Emoji suggestions',
    groups: 'Groups',
    tone: 'Skin tone',
    tone0: 'Default',
    tone1: 'Light',
    tone2: 'Medium-light',
    tone3: 'Medium',
    tone4: 'Medium-dark',
    tone5: 'Dark',
    smileys: 'Smileys',
    people: 'People',
    nature: 'Animals and nature',
    food: 'Food and drink',
    travel: 'Travel and places',
    activities: 'Activities',
    objects: 'Objects',
    symbols: 'Symbols',
    flags: 'Flags',
  },

  shortcuts: {
    heading: 'Keyboard',
    send: 'Send',
    newLine: 'New line',
    editLast: 'Edit your last message, while the field is empty',
    emojiByName: 'Emoji by name',
    actions: 'Actions of a message',
    find: 'Find a message',
    list: 'This list',
    close: 'Close or cancel',
    panic: 'Leave and erase, in every tab',
  },

  find: {
    heading: 'Find a message',
    label: 'Words or a name',
    none: 'Nothing found',
    hint: 'Searches what is on your screen; nothing is sent.',
  },

  links: {
    lookAlike: (host: string) => `Letters that only look familiar: this leads to ${host}`,
  },
};
