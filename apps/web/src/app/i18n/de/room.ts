import { pluralsOf } from '../plurals.ts';
import type { RoomTexts } from '../texts.ts';

const counted = pluralsOf('de');

export const DE_ROOM: RoomTexts = {
  room: {
    title: 'Privater Raum',
    people: (count: number) => counted(count, { one: '# Person', other: '# Personen' }),
    vanishing: (span: string) => `Nachrichten verschwinden nach ${span}`,
    copyLink: 'Link kopieren',
    copied: 'Kopiert',
    copyFailed: 'Kopieren ist hier nicht erlaubt. Markiere den Text und kopiere ihn:',
    details: 'Zum Raum',
    invite: 'Leute einladen',
    leave: 'Verlassen',
    messages: 'Nachrichten',
    empty: 'Noch keine Nachrichten',
    emptyNext: 'Teile den Link, um Leute zu holen. Was du hier schreibst, lesen nur die, die drin sind.',
    terms: (span: string) => `Nachrichten verschwinden nach ${span}.`,
    termsHistory: 'Wer später kommt, liest, was noch da ist.',
    termsNoHistory: 'Wer später kommt, liest nicht, was vorher geschrieben wurde.',
    unread: 'Neu',
    newMessages: (count: number) => counted(count, { one: '# neue Nachricht', other: '# neue Nachrichten' }),
    toNewest: 'Zur neuesten Nachricht',
    you: 'Du',
    today: 'Heute',
    yesterday: 'Gestern',
    goneIn: (span: string) => `weg in ${span}`,
    skip: 'Zum Nachrichtenfeld springen',
  },

  message: {
    sending: 'Wird gesendet',
    sent: 'Gesendet',
    delivered: 'Zugestellt',
    failed: 'Nicht gesendet',
    failedBecause: (reason: string) => `Nicht gesendet. ${reason}`,
    retry: 'Noch einmal',
    discard: 'Löschen',
    actions: (name: string) => `Nachricht von ${name}: Aktionen`,
    copyText: 'Text kopieren',
    opens: (host: string) => `öffnet ${host}`,
  },

  composer: {
    label: 'Nachricht',
    placeholder: 'Nachricht schreiben',
    send: 'Senden',
    left: (count: number) => counted(count, { other: 'noch # Zeichen' }),
    tooLong: (count: number) => counted(count, { other: '# zu viel' }),
    notYet: 'Du kannst schon schreiben; senden geht, sobald du drin bist.',
    paused: 'Senden ist angehalten.',
    keys: 'Enter sendet, Umschalt + Enter beginnt eine neue Zeile',
  },

  system: {
    joined: (names: string) => `${names} ist jetzt da`,
    left: (names: string) => `${names} ist gegangen`,
    timeout: (names: string) => `${names} ist weg (Verbindung verloren)`,
    kicked: (names: string) => `${names} wurde entfernt und liest nicht mehr mit`,
    linkChanged: 'Der Einladungslink ist neu. Der alte öffnet nichts mehr.',
    reinit: 'Der Raum hat mit frischen Schlüsseln neu begonnen. Wer neu dazukommt, liest Früheres nicht.',
    sameName: (name: string) =>
      `Noch jemand namens „${name}“ ist da, mit einem anderen Schlüssel. Frag persönlich nach, wer echt ist.`,
    founded: 'Du hast diesen Raum geöffnet. Nur wer den Link hat, kommt herein.',
    foundedAnew: 'Der Raum war leer und hat neu begonnen. Frühere Nachrichten sind nicht lesbar.',
    rejoined: 'Du warst zu lange weg und bist neu dazugekommen. Manches von dazwischen fehlt vielleicht.',
    renamed: (name: string, before: string) => `${before} heißt jetzt ${name}`,
    gap: (missing: number) =>
      counted(missing, { one: 'Eine Nachricht fehlt.', other: '# Nachrichten fehlen.' }),
    unreadable: 'Eine Nachricht war nicht lesbar und wurde verworfen.',
    andOthers: (shown: string, others: number) =>
      counted(others, { one: `${shown} und # weitere Person`, other: `${shown} und # weitere` }),
  },

  connection: {
    idle: 'Nicht verbunden',
    connecting: 'Verbinde …',
    online: 'Verbunden',
    recovering: 'Hole auf …',
    offline: 'Offline',
    waiting: (span: string) => `Verbindung verloren. Nächster Versuch in ${span}`,
    waitingNow: 'Verbindung verloren. Neuer Versuch …',
    attempts: 'Der Server ist nicht erreichbar. Dein Entwurf bleibt.',
    tryNow: 'Jetzt versuchen',
  },

  membership: {
    keys: 'Schlüssel erzeugen',
    founding: 'Raum öffnen',
    waiting: 'Warten, bis dich jemand hereinlässt',
    joined: 'Drin',
    waitingNext: 'Jemand im Raum muss online sein. Meist dauert das ein, zwei Sekunden.',
    unanswered: 'Gerade kann dich niemand hereinlassen',
    unansweredNext: 'Anscheinend sind alle weg. Dein Link bleibt gültig.',
    retry: 'Noch einmal versuchen',
    progress: 'Schritte hinein',
  },

  knocking: {
    asks: (name) => `${name} möchte hereinkommen.`,
    hint: 'Lass nur herein, wen du erwartest.',
    admit: 'Hereinlassen',
    refuse: 'Ablehnen',
  },

  session: {
    endsSoon: 'Noch da? In einer Minute schließt der Raum für dich.',
    stay: 'Bleiben',
  },

  invite: {
    heading: 'Leute einladen',
    withPassword: 'Wer diesen Link und das Passwort hat, kommt herein.',
    withoutPassword: 'Wer diesen Link hat, kommt herein.',
    code: 'Einladungscode',
    link: 'Einladungslink',
    qr: 'QR-Code',
    qrLabel: 'QR-Code des Einladungslinks',
    qrHint: 'Halte die Kamera eines Telefons darauf.',
    expiry:
      'Der Link gilt, solange jemand drin ist. Ein leerer Raum endet von selbst, und mit ihm sein Link.',
    copyLink: 'Link kopieren',
    copyCode: 'Code kopieren',
    share: 'Teilen …',
    shareTitle: 'Ein privater Raum',
    hideLink: 'Link verbergen',
    hideLinkHint: 'Nimmt den Link aus der Adresszeile. Neu laden findet den Raum dann nicht wieder.',
    hidden: 'Der Link steht nicht mehr in der Adresszeile.',
  },

  people: {
    heading: (count: number) => counted(count, { other: 'Leute (#)' }),
    you: 'du',
    owner: 'führt',
    away: 'weg',
    verified: 'geprüft',
    sameName: 'gleicher Name',
    kick: (name: string) => `${name} entfernen`,
  },

  kickDialog: {
    heading: (name: string) => `${name} entfernen?`,
    text: 'Schlüssel und Einladungslink wechseln sofort. Was schon gelesen wurde, lässt sich nicht zurückholen.',
    next: 'Wer danach kommen soll, braucht den neuen Link; der alte öffnet nichts mehr.',
    confirm: 'Entfernen',
    cancel: 'Abbrechen',
  },

  leaveDialog: {
    heading: 'Diesen Raum verlassen?',
    text: 'Deine Nachrichten hier und die Schlüssel werden sofort aus diesem Browser gelöscht. Zurück kommst du nur mit dem Link.',
    confirm: 'Verlassen und löschen',
    cancel: 'Bleiben',
    wipe: 'Alle Tabs löschen',
    panic: 'Wenn es eilt: dreimal Esc. Das verlässt und löscht alles in jedem Tab.',
  },
};
