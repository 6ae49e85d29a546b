import type { ErrorTexts } from '../texts.ts';

export const FR_ERRORS: ErrorTexts = {
  waiting: { tryAgainIn: (span: string) => `Réessayez dans ${span}.` },

  errors: {
    format: { what: 'Une requête était mal formée.', next: 'Rechargez la page et entrez à nouveau.' },
    version: {
      what: 'Cette page et le serveur parlent des versions différentes.',
      next: 'Rechargez la page pour obtenir la version du serveur.',
    },
    origin: {
      what: 'Ce serveur n’accepte pas de connexions depuis cette adresse.',
      next: 'Ouvrez la page à l’adresse du serveur, ou demandez à son exploitant.',
    },
    gate: { what: 'Lien ou mot de passe erroné.', next: 'Vérifiez le mot de passe, ou redemandez le lien.' },
    noRoom: {
      what: 'Aucun salon ne répond à ce code.',
      next: 'Il a pris fin, ou le code vient d’un autre serveur. Demandez un nouveau lien ou ouvrez un salon.',
    },
    roomExists: { what: 'Ce salon existe déjà.', next: 'Entrez-y plutôt avec son lien.' },
    locked: {
      what: 'Il y a eu trop d’essais erronés ; l’entrée est bloquée pour un moment.',
      next: 'Ceux qui sont à l’intérieur n’en sont pas gênés. Attendez, puis réessayez.',
    },
    rate: { what: 'C’était trop rapide.', next: 'Attendez un instant, puis réessayez.' },
    keysChanged: { what: 'Le salon vient de changer ses clés.', next: 'Réessayez.' },
    keyChangeIncomplete: { what: 'Un changement de clés était incomplet.', next: 'Réessayez.' },
    duplicate: { what: 'Cela a déjà été envoyé.', next: 'Rien n’est perdu ; supprimez la répétition.' },
    full: {
      what: 'Le salon est complet.',
      next: 'Attendez que quelqu’un parte, ou ouvrez un nouveau salon.',
    },
    tooLarge: { what: 'C’était trop gros pour le serveur.', next: 'Envoyez-le en plus petites parties.' },
    notMember: { what: 'Vous n’êtes plus membre de ce salon.', next: 'Entrez à nouveau avec le lien.' },
    keyChangeSlow: { what: 'Un changement de clés a pris trop de temps.', next: 'Réessayez.' },
    rollback: {
      what: 'Le serveur a perdu une partie du salon.',
      next: 'Rechargez la page et entrez à nouveau.',
    },
    generation: { what: 'Le salon a été refondé.', next: 'Entrez à nouveau avec le lien.' },
    busy: { what: 'Le serveur est occupé.', next: 'Attendez un instant, puis réessayez.' },
    indeterminate: {
      what: 'Il n’est pas certain que ce soit arrivé.',
      next: 'Réessayez ; cela n’apparaîtra pas deux fois.',
    },
    fileGone: {
      what: 'Ce fichier n’existe plus.',
      next: 'Il a expiré, ou son salon a pris fin. Demandez-le de nouveau.',
    },
    fileTooLarge: {
      what: 'Ce fichier est plus gros que ce que ce serveur accepte.',
      next: 'Envoyez-en un plus petit, ou réduisez celui-ci.',
    },
    fileSpaceFull: {
      what: 'Il n’y a plus de place pour d’autres fichiers en ce moment.',
      next: 'Attendez que d’anciens fichiers expirent, puis réessayez.',
    },
    fileEmpty: { what: 'Ce fichier est vide.', next: 'Choisissez-en un autre.' },
    fileDamaged: {
      what: 'Ce fichier n’est pas celui qui a été décrit ; il a été refusé.',
      next: 'Demandez-le de nouveau. Si cela se répète, ne faites pas confiance à ce serveur.',
    },
    cancelled: { what: 'C’est annulé.', next: 'Recommencez quand vous voulez.' },
    messageGone: { what: 'Ce message n’est plus là.', next: 'Il a expiré ou a été supprimé.' },
    empty: { what: 'Il n’y a rien à envoyer.', next: 'Écrivez d’abord quelque chose.' },
    tooLong: { what: 'Le texte est trop long.', next: 'Réduisez-le à 4 000 caractères.' },
    queueFull: {
      what: 'Trop de messages attendent d’être envoyés.',
      next: 'Attendez le retour de la connexion. Votre brouillon est gardé.',
    },
    offline: { what: 'Le serveur est injoignable.', next: 'Vérifiez votre connexion, puis réessayez.' },
    closed: { what: 'Le salon est fermé.', next: 'Entrez à nouveau avec le lien.' },
    unsupported: {
      what: 'Ce n’est pas possible pour l’instant.',
      next: 'Attendez un instant, puis réessayez.',
    },
    mistypedCode: {
      what: 'Ce code contient une faute de frappe.',
      next: 'Comparez-le à l’original, ou copiez-le à nouveau.',
    },
    weakPassword: {
      what: 'Ce salon protège trop faiblement son mot de passe.',
      next: 'Par sûreté, cette page n’entre pas. Ouvrez un nouveau salon.',
    },
    unknownSuite: {
      what: 'Ce salon utilise un chiffrement que cette page ne connaît pas.',
      next: 'Rechargez la page pour la mettre à jour.',
    },
    refusedByCheck: {
      what: 'Quelque chose a échoué à un contrôle de sécurité et a été refusé.',
      next: 'Si cela se répète, quittez le salon et convenez d’un autre. Rechargez la page et entrez à nouveau.',
    },
    notFromThisLink: {
      what: 'La réponse ne correspond pas à ce lien et à ce mot de passe.',
      next: 'Vérifiez les deux avec la personne qui vous invite. S’ils sont justes, ne vous fiez pas à ce serveur : ouvrez un salon ailleurs.',
    },
    outOfStep: {
      what: 'Cet onglet n’est plus en phase avec le salon.',
      next: 'Rechargez la page et entrez à nouveau.',
    },
    notAllowed: { what: 'Ce salon ne vous permet pas cela.', next: 'Demandez à l’hôte du salon.' },
    gap: { what: 'Des messages manquent.', next: 'Demandez aux autres s’ils étaient importants.' },
    fork: {
      what: 'Le serveur montre des conversations différentes aux personnes de ce salon.',
      next: 'Quittez le salon et convenez d’un autre par un autre moyen.',
    },
    stale: {
      what: 'Personne n’a confirmé depuis un moment ce que vous voyez du salon.',
      next: 'Attendez les autres, ou choisissez d’envoyer quand même.',
    },
  },

  closedBy: {
    LEFT: {
      what: 'Vous avez quitté le salon.',
      next: 'Tout ce qui le concerne a été effacé de ce navigateur.',
    },
    EXPIRED: {
      what: 'Le salon est resté silencieux trop longtemps.',
      next: 'Votre session a pris fin et ses clés sont effacées. Vous pouvez revenir avec le même lien.',
    },
    REPLACED: {
      what: 'Le salon continue dans une autre connexion.',
      next: 'Cet onglet s’est arrêté. Utilisez l’autre, ou entrez à nouveau ici.',
    },
    KICKED: {
      what: 'Un membre vous a exclu du salon.',
      next: 'Les clés ont été effacées de ce navigateur.',
    },
    ATTEMPTS: { what: 'Le serveur est injoignable.', next: 'Vérifiez votre connexion, puis réessayez.' },
    GENERATION: {
      what: 'Le salon a été refondé.',
      next: 'On ne peut plus garantir son cours antérieur. Entrez à nouveau pour continuer ; les messages antérieurs ne sont pas lisibles.',
    },
    ROOM_GONE: {
      what: 'Ce salon a pris fin.',
      next: 'Le serveur ne le connaît plus. Ouvrez un nouveau salon et partagez son lien.',
    },
    REMOVED: {
      what: 'Vous étiez absent trop longtemps.',
      next: 'Les membres ont continué sans vous. Entrez à nouveau pour revenir.',
    },
    PROTOCOL: {
      what: 'Le serveur a dit quelque chose qui n’a pas de sens.',
      next: 'Par sûreté, le salon a été fermé et ses clés effacées. Rechargez la page et entrez à nouveau.',
    },
    REFUSED: {
      what: 'Le serveur refuse cette connexion.',
      next: 'Rechargez la page. Si cela n’aide pas, demandez à l’exploitant du serveur.',
    },
  },
};
