import { pluralsOf } from '../plurals.ts';
import type { ConversationTexts } from '../texts.ts';

const counted = pluralsOf('de');

/** What one does with messages: answer, react, correct, take back, find; and the keys for it. */
export const DE_CONVERSATION: ConversationTexts = {
  conversation: {
    reply: 'Antworten',
    react: 'Reagieren',
    moreEmoji: 'Mehr Emoji',
    edit: 'Bearbeiten',
    remove: 'Für alle löschen',
    deleted: 'Nachricht gelöscht',
    edited: 'bearbeitet',
    editedBy: (name: string, text: string) => `${name} hat eine Nachricht bearbeitet: ${text}`,
    deletedBy: (name: string) => `${name} hat eine Nachricht gelöscht`,
    changing: 'Änderung wird gesendet',
    changeFailed: 'Deine Änderung wurde nicht gesendet.',
    replyingTo: (name: string) => `Antwort an ${name}`,
    toOriginal: (name: string) => `Antwort an ${name}: zu dieser Nachricht`,
    originalGone: 'Das Original ist nicht mehr da',
    editing: 'Deine Nachricht bearbeiten',
    cancel: 'Abbrechen',
    save: 'Änderung speichern',
    reactions: 'Reaktionen',
    reactedBy: (emoji: string, names: string) => `${emoji} von ${names}`,
  },

  deleteDialog: {
    heading: 'Diese Nachricht löschen?',
    text: 'Sie verschwindet bei allen im Raum vom Bildschirm. Wer sie gelesen hat, kann sie trotzdem aufbewahrt haben.',
    confirm: 'Löschen',
    cancel: 'Behalten',
  },

  typing: {
    now: (names: string, count: number) =>
      counted(count, { one: `${names} schreibt …`, other: `${names} schreiben …` }),
    many: 'Mehrere schreiben …',
    setting: 'Anderen zeigen, wenn ich schreibe',
    hint: 'Verschlüsselt wie deine Nachrichten.',
  },

  emoji: {
    open: 'Emoji wählen',
    search: 'Emoji suchen',
    none: 'Kein Emoji gefunden',
    failed: 'Die Emoji konnten nicht geladen werden.',
    suggestions: 'Emoji-Vorschläge',
    groups: 'Gruppen',
    tone: 'Hautton',
    tone0: 'Standard',
    tone1: 'Hell',
    tone2: 'Mittelhell',
    tone3: 'Mittel',
    tone4: 'Mitteldunkel',
    tone5: 'Dunkel',
    smileys: 'Gesichter',
    people: 'Menschen',
    nature: 'Tiere und Natur',
    food: 'Essen und Trinken',
    travel: 'Reisen und Orte',
    activities: 'Aktivitäten',
    objects: 'Gegenstände',
    symbols: 'Zeichen',
    flags: 'Flaggen',
  },

  shortcuts: {
    heading: 'Tastatur',
    send: 'Senden',
    newLine: 'Neue Zeile',
    editLast: 'Letzte eigene Nachricht bearbeiten, wenn das Feld leer ist',
    emojiByName: 'Emoji nach Namen',
    actions: 'Aktionen einer Nachricht',
    find: 'Nachricht suchen',
    list: 'Diese Liste',
    close: 'Schließen oder abbrechen',
    panic: 'Verlassen und löschen, in jedem Tab',
  },

  find: {
    heading: 'Nachricht suchen',
    label: 'Wörter oder ein Name',
    none: 'Nichts gefunden',
    hint: 'Sucht in dem, was auf deinem Bildschirm ist; nichts wird gesendet.',
  },

  links: {
    lookAlike: (host: string) => `Buchstaben, die nur vertraut aussehen: führt zu ${host}`,
  },
};
