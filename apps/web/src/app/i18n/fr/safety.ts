import { pluralsOf } from '../plurals.ts';
import type { SafetyTexts } from '../texts.ts';

const counted = pluralsOf('fr');

export const FR_SAFETY: SafetyTexts = {
  security: {
    heading: 'Sécurité',
    active: 'Chiffré de bout en bout',
    pending: 'Pas encore chiffré : rien ne peut être envoyé',
    verified: 'Vérifié',
    verifiedOf: (members: number, of: number) =>
      counted(of, { one: `${members} personne sur #`, other: `${members} personnes sur #` }),
    nobodyElse: 'il n’y a personne d’autre',
    inSync: 'Synchronisé',
    inSyncSince: (members: number, of: number, ago: string) => `avec ${members} sur ${of}, ${ago}`,
    noProof: 'aucune preuve des autres pour l’instant',
    newcomers: 'Nouveaux venus',
    history: 'lisent ce qui est encore là',
    noHistory: 'ne lisent pas ce qui précède',
    lifetime: 'Durée des messages',
    epoch: 'Époque des clés',
    epochHint: 'Les clés changent quand quelqu’un arrive ou part, et avec le temps.',
    suite: 'Procédé',
    unknownSuite: 'inconnu',
    verify: 'Vérifier les personnes',
    honest: 'Les membres peuvent copier ou photographier ce qu’ils lisent.',
  },

  safety: {
    heading: 'Vérifier les personnes',
    lead: 'Lisez ces mots aux autres, au téléphone ou en face. Si tous voient les mêmes douze, personne ne s’est glissé entre vous.',
    words: 'Mots de sécurité',
    qrLabel: 'Code QR des mots de sécurité',
    qrHint: 'Tout lecteur de QR montre le même texte à chacun dans le salon.',
    people: 'Personne par personne',
    peopleHint: 'Comparez les soixante chiffres à ce que cette personne voit sous « Vos chiffres ».',
    fingerprint: (name: string) => `Chiffres de ${name}`,
    own: 'Vos chiffres',
    markVerified: 'Marquer comme vérifié',
    verified: 'Vérifié',
    session: 'Ces marques valent jusqu’à votre départ. Quand quelqu’un arrive ou part, les mots changent.',
    loading: 'Calcul des mots…',
    alone: 'Il n’y a encore personne avec qui comparer.',
  },

  alarm: {
    fork: 'Le serveur montre des conversations différentes aux personnes de ce salon.',
    forkBy: (name) => `${name} en a vu une autre que vous.`,
    forkNext: 'L’envoi est arrêté. Partez, et convenez d’un nouveau salon par un autre moyen.',
    forkSent: 'Vous envoyez quand même : tous ne le verront peut-être pas.',
    gap: 'Des messages manquent.',
    gapOf: (missing, name) =>
      counted(missing, {
        one: `# message de ${name} n’est pas arrivé.`,
        other: `# messages de ${name} ne sont pas arrivés.`,
      }),
    gapNext: 'Quelque chose d’envoyé ici n’est pas arrivé. Demandez aux autres si c’était important.',
    stale: 'Personne n’a confirmé depuis un moment ce que vous voyez du salon.',
    staleSince: (ago) => `Dernière confirmation : ${ago}.`,
    oldKeys: 'Les clés de ce salon n’ont pas été renouvelées depuis trop longtemps.',
    oldKeysSince: (ago) => `Le renouvellement était attendu ${ago}.`,
    staleNext:
      'Le serveur vous cache peut-être du nouveau, comme une exclusion. Attendez, ou envoyez à ce risque.',
    replay: 'Le serveur a livré quelque chose une seconde fois.',
    replayNext:
      'C’est refusé et rien n’est perdu. Si cela continue, convenez d’un salon sur un autre serveur.',
    sendAnyway: 'Envoyer quand même',
    understood: 'C’est noté',
  },
};
