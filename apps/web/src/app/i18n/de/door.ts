import { pluralsOf } from '../plurals.ts';
import type { DoorTexts } from '../texts.ts';

const counted = pluralsOf('de');

export const DE_DOOR: DoorTexts = {
  start: {
    heading: 'Private Räume, die nicht bleiben.',
    lead: 'Raum öffnen, Link teilen, reden. Nachrichten werden in diesem Browser verschlüsselt und verschwinden von selbst. Ohne Konto.',
    codeLabel: 'Einladungslink oder Code',
    codeHint: 'Leer lassen, um einen neuen Raum zu öffnen.',
    codePlaceholder: 'Link oder Code einfügen',
    nameLabel: 'Dein Name',
    namePlaceholder: 'Wir suchen einen für dich aus',
    optional: 'freiwillig',
    passwordLabel: 'Passwort',
    newPasswordHint: 'Alle brauchen es zusätzlich zum Link.',
    joinPasswordHint: 'Dieser Raum fragt danach. Es wird nirgends gespeichert.',
    showPassword: 'Passwort anzeigen',
    hidePassword: 'Passwort verbergen',
    suggestPassword: 'Vier Wörter vorschlagen',
    lifetimeLabel: 'Nachrichten verschwinden nach',
    newcomersLabel: 'Wer hineinkommt',
    newcomersOpen: 'wer den Link hat',
    newcomersApprove: 'wen jemand drinnen einlässt',
    historyLabel: 'Wer später kommt',
    historyKept: 'liest, was noch nicht verschwunden ist',
    historyNone: 'liest nichts, was vorher geschrieben wurde',
    create: 'Raum öffnen',
    join: 'Raum betreten',
    connecting: 'Verbindung wird aufgebaut …',
    makingKeys: 'Schlüssel werden erzeugt …',
    tryingAgain: 'Noch keine Antwort, neuer Versuch …',
    cancel: 'Abbrechen',
    makeCode: 'Code für mich erzeugen',
    promiseEncrypted: 'Ende-zu-Ende-verschlüsselt: Der Server gibt weiter, was er nicht lesen kann.',
    promiseVanishing: 'Nichts bleibt: Nachrichten, Schlüssel und Räume enden von selbst.',
    promiseAnonymous: 'Kein Konto, keine E-Mail, keine Cookies.',
  },

  lobby: {
    heading: 'Du bist eingeladen',
    lead: 'Dieser Link öffnet einen verschlüsselten Raum.',
    looking: 'Der Raum wird gesucht …',
    nobody:
      'Gerade ist niemand drin. Wenn du hineingehst, beginnt der Raum neu, und frühere Nachrichten sind nicht lesbar.',
    inside: (count: number) =>
      counted(count, { one: 'Eine Person ist drin.', other: '# Personen sind drin.' }),
    withPassword: 'Er verlangt ein Passwort.',
    lifetime: (span: string) => `Nachrichten verschwinden nach ${span}.`,
    gone: 'Diesen Raum gibt es nicht mehr.',
    goneNext: 'Räume bleiben nicht. Bitte um einen neuen Link oder öffne einen eigenen Raum.',
    full: 'Dieser Raum ist voll.',
    makeOwn: 'Neuen Raum öffnen',
    lookAgain: 'Noch einmal nachsehen',
    otherRoom: 'Nicht dieser Raum? Zur Startseite',
  },

  code: {
    incomplete: (length: number) => counted(length, { other: '# von 32 Zeichen.' }),
    incompleteFinal: (length: number) =>
      counted(length, { other: 'Ein Code hat 32 Zeichen, dieser hat #. Kopiere ihn noch einmal.' }),
    tooLong: (length: number) => counted(length, { other: 'Ein Code hat 32 Zeichen, dieser hat #.' }),
    mistyped: 'Darin ist ein Buchstabe, der in Codes nicht vorkommt. Vergleiche mit dem Original.',
    chosenName:
      'Räume können keine selbst gewählten Namen haben: Was sich erraten lässt, lässt Fremde herein. Ein Code lässt sich nicht erraten.',
    linkWithoutSecret: 'In diesem Link fehlt der Teil hinter #. Bitte um den ganzen Link.',
  },

  notice: {
    lostSecret: 'Dieser Link hat sein Geheimnis verloren.',
    lostSecretNext:
      'Der Teil hinter # fehlt oder ist beschädigt, und nur er öffnet den Raum. Bitte um den ganzen Link oder gib unten den Code ein.',
    codeInPath: 'Der Server hat diesen Code gesehen.',
    codeInPathNext:
      'Der Code stand in der Adresse selbst und ging darum an den Server. Wir haben ihn aus der Adresszeile genommen und sind nicht beigetreten. Ein neuer Raum ist sicherer.',
    useAnyway: 'Code trotzdem verwenden',
  },

  name: {
    tooLong: (most: number) => counted(most, { other: 'Höchstens # Zeichen, bitte.' }),
    hiddenCharacters: 'In diesem Namen sind unsichtbare Zeichen.',
  },

  environment: {
    heading: 'ByteChat läuft hier nicht',
    insecureContext: 'Diese Seite wurde über eine unverschlüsselte Adresse geöffnet.',
    insecureContextNext:
      'Browser erlauben Verschlüsselung nur unter https:// und auf localhost. Öffne die Seite über https:// oder bitte den Betreiber des Servers, das einzurichten.',
    webCrypto: 'Diesem Browser fehlt Web Crypto, das die Verschlüsselung erledigt.',
    worker: 'Dieser Browser kann keine Modul-Worker starten, in denen die Schlüssel liegen.',
    browserNext: 'Verwende ein aktuelles Firefox, Chrome, Edge oder Safari.',
  },

  closed: { again: 'Wieder beitreten', toStart: 'Startseite' },

  wiped: {
    heading: 'Alles ist gelöscht.',
    text: 'Räume, Schlüssel und Nachrichten sind aus allen Tabs dieses Browsers verschwunden. Der Link steht nicht mehr in der Adresszeile.',
    honest:
      'Was andere im Raum gelesen haben, bleibt bei ihnen, und was du kopiert hast, ist noch in der Zwischenablage.',
  },

  settings: {
    heading: 'Einstellungen',
    theme: 'Aussehen',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel', contrast: 'Hoher Kontrast' },
    language: 'Sprache',
    notifications: 'Mitteilungen',
    notificationsHint: 'Sagt nur, dass etwas kam, nie was oder von wem.',
    notificationsRefused:
      'Dieser Browser erlaubt sie nicht. Das lässt sich in seinen Einstellungen für diese Seite ändern.',
    newMessage: 'Eine neue Nachricht',
    sound: 'Ton',
    forgotten: 'Einstellungen werden vergessen, wenn dieser Tab schließt.',
  },

  installed: {
    offline: 'Es gibt keine Verbindung.',
    offlineNext:
      'Diese Seite öffnet sich auch ohne, aber ein Raum braucht eine. Mach weiter, sobald sie wieder da ist.',
    updateReady: (version: string) => `Version ${version} ist bereit.`,
    useNow: 'Jetzt benutzen',
    later: 'Später',
  },

  ui: { close: 'Schließen' },
};
