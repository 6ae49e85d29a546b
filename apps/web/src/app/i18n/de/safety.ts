import { pluralsOf } from '../plurals.ts';
import type { SafetyTexts } from '../texts.ts';

const counted = pluralsOf('de');

export const DE_SAFETY: SafetyTexts = {
  security: {
    heading: 'Sicherheit',
    active: 'Ende-zu-Ende-verschlüsselt',
    pending: 'Noch nicht verschlüsselt: Es kann nichts gesendet werden',
    verified: 'Geprüft',
    verifiedOf: (members: number, of: number) =>
      counted(of, { one: `${members} von # Person`, other: `${members} von # Personen` }),
    nobodyElse: 'niemand sonst ist hier',
    inSync: 'Im Gleichstand',
    inSyncSince: (members: number, of: number, ago: string) => `mit ${members} von ${of}, ${ago}`,
    noProof: 'noch kein Beweis von den anderen',
    newcomers: 'Wer neu kommt',
    history: 'liest, was noch da ist',
    noHistory: 'liest nichts Früheres',
    lifetime: 'Nachrichten bleiben',
    epoch: 'Schlüsselepoche',
    epochHint: 'Die Schlüssel wechseln, wenn jemand kommt oder geht, und mit der Zeit.',
    suite: 'Verfahren',
    unknownSuite: 'unbekannt',
    verify: 'Leute prüfen',
    honest: 'Wer mitliest, kann kopieren oder fotografieren.',
  },

  safety: {
    heading: 'Leute prüfen',
    lead: 'Lies diese Wörter den anderen vor, am Telefon oder von Angesicht zu Angesicht. Sehen alle dieselben zwölf, sitzt niemand dazwischen.',
    words: 'Sicherheitswörter',
    qrLabel: 'QR-Code der Sicherheitswörter',
    qrHint: 'Jeder QR-Leser zeigt für alle im Raum denselben Text.',
    people: 'Person für Person',
    peopleHint: 'Vergleiche die sechzig Ziffern mit dem, was diese Person unter „Deine Ziffern“ sieht.',
    fingerprint: (name: string) => `Ziffern von ${name}`,
    own: 'Deine Ziffern',
    markVerified: 'Als geprüft merken',
    verified: 'Geprüft',
    session: 'Das gilt, bis du gehst. Kommt oder geht jemand, ändern sich die Wörter.',
    loading: 'Die Wörter werden berechnet …',
    alone: 'Noch ist niemand da, mit dem du vergleichen könntest.',
  },

  alarm: {
    fork: 'Der Server zeigt den Leuten in diesem Raum verschiedene Gespräche.',
    forkBy: (name) => `${name} hat ein anderes gesehen als du.`,
    forkNext: 'Senden ist angehalten. Geh hinaus und verabrede auf einem anderen Weg einen neuen Raum.',
    forkSent: 'Du sendest trotzdem: Vielleicht sehen es nicht alle.',
    gap: 'Nachrichten fehlen.',
    gapOf: (missing, name) =>
      counted(missing, {
        one: `# Nachricht von ${name} ist nicht angekommen.`,
        other: `# Nachrichten von ${name} sind nicht angekommen.`,
      }),
    gapNext: 'Etwas, das hier gesendet wurde, kam nicht an. Frag die anderen, ob es wichtig war.',
    stale: 'Seit einer Weile hat niemand bestätigt, was du von diesem Raum siehst.',
    staleSince: (ago) => `Die letzte Bestätigung kam ${ago}.`,
    oldKeys: 'Die Schlüssel dieses Raums wurden zu lange nicht erneuert.',
    oldKeysSince: (ago) => `Es hätte ${ago} geschehen sollen.`,
    staleNext:
      'Vielleicht enthält dir der Server Neues vor, etwa dass jemand entfernt wurde. Warte, oder sende auf diese Gefahr hin.',
    replay: 'Der Server hat etwas ein zweites Mal geliefert.',
    replayNext:
      'Es wurde abgewiesen, nichts ging verloren. Hört es nicht auf, verabredet einen Raum auf einem anderen Server.',
    sendAnyway: 'Trotzdem senden',
    understood: 'In Ordnung',
  },
};
