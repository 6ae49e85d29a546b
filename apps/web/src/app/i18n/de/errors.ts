import type { ErrorTexts } from '../texts.ts';

export const DE_ERRORS: ErrorTexts = {
  waiting: { tryAgainIn: (span: string) => `Versuche es in ${span} wieder.` },

  errors: {
    format: { what: 'Eine Anfrage war fehlerhaft.', next: 'Lade die Seite neu und tritt wieder bei.' },
    version: {
      what: 'Diese Seite und der Server sprechen verschiedene Versionen.',
      next: 'Lade die Seite neu, um die Version des Servers zu bekommen.',
    },
    origin: {
      what: 'Dieser Server nimmt von dieser Adresse keine Verbindungen an.',
      next: 'Öffne die Seite unter der Adresse des Servers oder frag dessen Betreiber.',
    },
    gate: {
      what: 'Falscher Link oder falsches Passwort.',
      next: 'Prüfe das Passwort oder bitte noch einmal um den Link.',
    },
    noRoom: {
      what: 'Zu diesem Code gibt es keinen Raum.',
      next: 'Er ist zu Ende, oder der Code gehört zu einem anderen Server. Bitte um einen neuen Link oder öffne einen Raum.',
    },
    roomExists: { what: 'Diesen Raum gibt es schon.', next: 'Betritt ihn mit seinem Link.' },
    locked: {
      what: 'Es gab zu viele falsche Versuche; der Zutritt ist eine Weile gesperrt.',
      next: 'Wer drin ist, merkt nichts davon. Warte und versuche es dann wieder.',
    },
    rate: { what: 'Das war zu schnell.', next: 'Warte einen Moment und versuche es dann wieder.' },
    keysChanged: {
      what: 'Der Raum hat gerade seine Schlüssel gewechselt.',
      next: 'Versuche es noch einmal.',
    },
    keyChangeIncomplete: {
      what: 'Ein Schlüsselwechsel war unvollständig.',
      next: 'Versuche es noch einmal.',
    },
    duplicate: { what: 'Das wurde schon gesendet.', next: 'Nichts ist verloren; lösche die Wiederholung.' },
    full: { what: 'Der Raum ist voll.', next: 'Warte, bis jemand geht, oder öffne einen neuen Raum.' },
    tooLarge: { what: 'Das war dem Server zu groß.', next: 'Sende es in kleineren Teilen.' },
    notMember: { what: 'Du gehörst nicht mehr zu diesem Raum.', next: 'Tritt mit dem Link wieder bei.' },
    keyChangeSlow: { what: 'Ein Schlüsselwechsel hat zu lange gedauert.', next: 'Versuche es noch einmal.' },
    rollback: {
      what: 'Der Server hat einen Teil des Raums verloren.',
      next: 'Lade die Seite neu und tritt wieder bei.',
    },
    generation: { what: 'Der Raum wurde neu gegründet.', next: 'Tritt mit dem Link wieder bei.' },
    busy: { what: 'Der Server ist beschäftigt.', next: 'Warte einen Moment und versuche es dann wieder.' },
    indeterminate: {
      what: 'Es ist nicht sicher, ob das angekommen ist.',
      next: 'Versuche es noch einmal; es erscheint nicht doppelt.',
    },
    fileGone: {
      what: 'Diese Datei gibt es nicht mehr.',
      next: 'Sie ist abgelaufen, oder ihr Raum ist zu Ende. Bitte noch einmal um sie.',
    },
    fileTooLarge: {
      what: 'Diese Datei ist größer, als dieser Server annimmt.',
      next: 'Sende eine kleinere, oder verkleinere diese.',
    },
    fileSpaceFull: {
      what: 'Im Moment ist kein Platz für weitere Dateien.',
      next: 'Warte, bis ältere Dateien ablaufen, und versuche es dann wieder.',
    },
    fileEmpty: { what: 'Diese Datei ist leer.', next: 'Wähle eine andere.' },
    fileDamaged: {
      what: 'Diese Datei ist nicht die, die beschrieben wurde; sie wurde abgelehnt.',
      next: 'Bitte noch einmal um sie. Geschieht es wieder, traue diesem Server nicht.',
    },
    cancelled: { what: 'Das wurde abgebrochen.', next: 'Du kannst jederzeit neu beginnen.' },
    messageGone: {
      what: 'Diese Nachricht ist nicht mehr da.',
      next: 'Sie ist abgelaufen oder wurde gelöscht.',
    },
    empty: { what: 'Es gibt nichts zu senden.', next: 'Schreib zuerst etwas.' },
    tooLong: { what: 'Der Text ist zu lang.', next: 'Kürze ihn auf 4.000 Zeichen.' },
    queueFull: {
      what: 'Zu viele Nachrichten warten aufs Senden.',
      next: 'Warte, bis die Verbindung wieder da ist. Dein Entwurf bleibt.',
    },
    offline: {
      what: 'Der Server ist nicht erreichbar.',
      next: 'Prüfe deine Verbindung und versuche es wieder.',
    },
    closed: { what: 'Der Raum ist geschlossen.', next: 'Tritt mit dem Link wieder bei.' },
    unsupported: {
      what: 'Das geht im Moment nicht.',
      next: 'Warte einen Moment und versuche es dann wieder.',
    },
    mistypedCode: {
      what: 'In diesem Code ist ein Tippfehler.',
      next: 'Vergleiche ihn mit dem Original oder kopiere ihn noch einmal.',
    },
    weakPassword: {
      what: 'Dieser Raum schützt sein Passwort zu schwach.',
      next: 'Sicherheitshalber tritt diese Seite nicht bei. Öffne einen neuen Raum.',
    },
    unknownSuite: {
      what: 'Dieser Raum verwendet eine Verschlüsselung, die diese Seite nicht kennt.',
      next: 'Lade die Seite neu, um sie zu aktualisieren.',
    },
    refusedByCheck: {
      what: 'Etwas, das ankam, hat eine Sicherheitsprüfung nicht bestanden und wurde abgewiesen.',
      next: 'Geschieht das wieder, verlass den Raum und verabredet einen neuen. Lade die Seite neu und tritt wieder bei.',
    },
    notFromThisLink: {
      what: 'Die Antwort passt nicht zu diesem Link und Passwort.',
      next: 'Prüfe beides mit der Person, die dich eingeladen hat. Stimmt es, dann trau diesem Server nicht: Öffne anderswo einen Raum.',
    },
    outOfStep: {
      what: 'Dieser Tab ist mit dem Raum aus dem Takt.',
      next: 'Lade die Seite neu und tritt wieder bei.',
    },
    notAllowed: { what: 'Dieser Raum erlaubt dir das nicht.', next: 'Frag die Person, die den Raum führt.' },
    gap: { what: 'Nachrichten fehlen.', next: 'Frag die anderen, ob sie wichtig waren.' },
    fork: {
      what: 'Der Server zeigt den Leuten in diesem Raum verschiedene Gespräche.',
      next: 'Verlass den Raum und verabredet auf einem anderen Weg einen neuen.',
    },
    stale: {
      what: 'Seit einer Weile hat niemand bestätigt, was du von diesem Raum siehst.',
      next: 'Warte auf die anderen, oder sende trotzdem.',
    },
  },

  closedBy: {
    LEFT: { what: 'Du hast den Raum verlassen.', next: 'Alles über ihn wurde aus diesem Browser gelöscht.' },
    EXPIRED: {
      what: 'Im Raum war es zu lange still.',
      next: 'Deine Sitzung ist zu Ende, ihre Schlüssel sind gelöscht. Mit demselben Link kannst du wieder beitreten.',
    },
    REPLACED: {
      what: 'Der Raum läuft in einer anderen Verbindung weiter.',
      next: 'Dieser Tab hat aufgehört. Nimm den anderen, oder tritt hier wieder bei.',
    },
    KICKED: {
      what: 'Ein Mitglied hat dich aus dem Raum entfernt.',
      next: 'Die Schlüssel wurden aus diesem Browser gelöscht.',
    },
    ATTEMPTS: {
      what: 'Der Server ist nicht erreichbar.',
      next: 'Prüfe deine Verbindung und versuche es wieder.',
    },
    GENERATION: {
      what: 'Der Raum wurde neu gegründet.',
      next: 'Für seinen bisherigen Verlauf kann niemand mehr bürgen. Tritt wieder bei, um weiterzumachen; frühere Nachrichten sind nicht lesbar.',
    },
    ROOM_GONE: {
      what: 'Diesen Raum gibt es nicht mehr.',
      next: 'Der Server kennt ihn nicht mehr. Öffne einen neuen und teile dessen Link.',
    },
    REMOVED: {
      what: 'Du warst zu lange weg.',
      next: 'Die anderen haben ohne dich weitergemacht. Tritt wieder bei, um zurückzukommen.',
    },
    PROTOCOL: {
      what: 'Der Server hat etwas gesagt, das keinen Sinn ergibt.',
      next: 'Sicherheitshalber wurde der Raum geschlossen und seine Schlüssel gelöscht. Lade die Seite neu und tritt wieder bei.',
    },
    REFUSED: {
      what: 'Der Server lehnt diese Verbindung ab.',
      next: 'Lade die Seite neu. Hilft das nicht, frag den Betreiber des Servers.',
    },
  },
};
