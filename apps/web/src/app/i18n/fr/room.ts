import { pluralsOf } from '../plurals.ts';
import type { RoomTexts } from '../texts.ts';

const counted = pluralsOf('fr');

export const FR_ROOM: RoomTexts = {
  room: {
    title: 'Salon privé',
    people: (count: number) => counted(count, { one: '# personne', other: '# personnes' }),
    vanishing: (span: string) => `les messages disparaissent après ${span}`,
    copyLink: 'Copier le lien',
    copied: 'Copié',
    copyFailed: 'La copie n’est pas permise ici. Sélectionnez le texte et copiez-le :',
    details: 'Détails du salon',
    invite: 'Inviter',
    leave: 'Quitter',
    messages: 'Fil des messages',
    empty: 'Pas encore de message',
    emptyNext:
      'Partagez le lien pour faire entrer du monde. Seuls ceux qui sont ici peuvent lire ce que vous écrivez.',
    terms: (span: string) => `Les messages disparaissent après ${span}.`,
    termsHistory: 'Les nouveaux venus lisent ce qui est encore là.',
    termsNoHistory: 'Les nouveaux venus ne lisent pas ce qui a été écrit avant leur arrivée.',
    unread: 'Nouveau',
    newMessages: (count: number) =>
      counted(count, { one: '# nouveau message', other: '# nouveaux messages' }),
    toNewest: 'Au message le plus récent',
    you: 'Vous',
    today: 'Aujourd’hui',
    yesterday: 'Hier',
    goneIn: (span: string) => `disparaît dans ${span}`,
    skip: 'Aller au champ de message',
  },

  message: {
    sending: 'Envoi en cours',
    sent: 'Envoyé',
    delivered: 'Remis',
    failed: 'Non envoyé',
    failedBecause: (reason: string) => `Non envoyé. ${reason}`,
    retry: 'Réessayer',
    discard: 'Supprimer',
    actions: (name: string) => `Message de ${name} : actions`,
    copyText: 'Copier le texte',
    opens: (host: string) => `ouvre ${host}`,
  },

  composer: {
    label: 'Votre message',
    placeholder: 'Écrire un message',
    send: 'Envoyer',
    left: (count: number) => counted(count, { one: 'encore # caractère', other: 'encore # caractères' }),
    tooLong: (count: number) => counted(count, { other: '# de trop' }),
    notYet: 'Vous pouvez déjà écrire ; l’envoi s’ouvre quand vous êtes entré.',
    paused: 'L’envoi est suspendu.',
    keys: 'Entrée envoie, Maj + Entrée va à la ligne',
  },

  system: {
    joined: (names: string) => `Arrivée : ${names}`,
    left: (names: string) => `Départ : ${names}`,
    timeout: (names: string) => `Départ : ${names} (connexion perdue)`,
    kicked: (names: string) => `Exclusion : ${names}, qui ne peut plus lire la suite`,
    linkChanged: 'Le lien d’invitation a changé. L’ancien n’ouvre plus rien.',
    reinit: 'Le salon a recommencé avec de nouvelles clés. Les nouveaux venus ne lisent pas ce qui précède.',
    sameName: (name: string) =>
      `Une autre personne nommée « ${name} » est entrée, avec une clé différente. Demandez de vive voix laquelle est la vraie.`,
    founded: 'Vous avez ouvert ce salon. Seules les personnes qui ont le lien peuvent entrer.',
    foundedAnew: 'Le salon était vide et a recommencé. Les messages antérieurs ne sont pas lisibles.',
    rejoined:
      'Vous étiez absent trop longtemps et êtes revenu comme nouveau. Une partie de ce qui s’est dit entre-temps peut manquer.',
    renamed: (name: string, before: string) => `${before} s’appelle maintenant ${name}`,
    gap: (missing: number) => counted(missing, { one: '# message manque.', other: '# messages manquent.' }),
    unreadable: 'Un message n’a pas pu être lu et a été écarté.',
    andOthers: (shown: string, others: number) =>
      counted(others, { one: `${shown} et # autre`, other: `${shown} et # autres` }),
  },

  connection: {
    idle: 'Non connecté',
    connecting: 'Connexion…',
    online: 'Connecté',
    recovering: 'Rattrapage…',
    offline: 'Hors ligne',
    waiting: (span: string) => `Connexion perdue. Prochain essai dans ${span}`,
    waitingNow: 'Connexion perdue. Nouvel essai…',
    attempts: 'Le serveur est injoignable. Votre brouillon est gardé.',
    tryNow: 'Essayer maintenant',
  },

  membership: {
    keys: 'Création des clés',
    founding: 'Ouverture du salon',
    waiting: 'En attente qu’un membre vous fasse entrer',
    joined: 'À l’intérieur',
    waitingNext: 'Quelqu’un doit être en ligne à l’intérieur. Cela prend en général une ou deux secondes.',
    unanswered: 'Personne ne peut vous faire entrer pour l’instant',
    unansweredNext: 'Tout le monde semble absent. Votre lien reste bon.',
    retry: 'Réessayer',
    progress: 'Étapes de l’entrée',
  },

  knocking: {
    asks: (name) => `${name} demande à entrer.`,
    hint: 'N’admettez que les personnes que vous attendez.',
    admit: 'Laisser entrer',
    refuse: 'Refuser',
  },

  session: {
    endsSoon: 'Toujours là ? Le salon se ferme pour vous dans une minute.',
    stay: 'Rester',
  },

  invite: {
    heading: 'Inviter',
    withPassword: 'Quiconque a ce lien et le mot de passe peut entrer.',
    withoutPassword: 'Quiconque a ce lien peut entrer.',
    code: 'Code d’invitation',
    link: 'Lien d’invitation',
    qr: 'Code QR',
    qrLabel: 'Code QR du lien d’invitation',
    qrHint: 'Visez-le avec l’appareil photo d’un téléphone.',
    expiry:
      'Le lien marche tant que quelqu’un est à l’intérieur. Un salon vide prend fin de lui-même, et son lien avec lui.',
    copyLink: 'Copier le lien',
    copyCode: 'Copier le code',
    share: 'Partager…',
    shareTitle: 'Un salon privé',
    hideLink: 'Masquer le lien',
    hideLinkHint: 'Retire le lien de la barre d’adresse. Recharger ne retrouvera plus le salon.',
    hidden: 'Le lien n’est plus dans la barre d’adresse.',
  },

  people: {
    heading: (count: number) => counted(count, { other: 'Personnes (#)' }),
    you: 'vous',
    owner: 'hôte',
    away: 'absent',
    verified: 'vérifié',
    sameName: 'même nom',
    kick: (name: string) => `Exclure ${name}`,
  },

  kickDialog: {
    heading: (name: string) => `Exclure ${name} ?`,
    text: 'Les clés et le lien d’invitation changent aussitôt. Ce qui a été lu ne peut être repris.',
    next: 'Pour inviter ensuite, partagez le nouveau lien ; l’ancien n’ouvre plus rien.',
    confirm: 'Exclure',
    cancel: 'Annuler',
  },

  leaveDialog: {
    heading: 'Quitter ce salon ?',
    text: 'Vos messages ici et les clés sont effacés aussitôt de ce navigateur. Il faut le lien pour revenir.',
    confirm: 'Quitter et effacer',
    cancel: 'Rester ici',
    wipe: 'Effacer tous les onglets',
    panic: 'En cas d’urgence : trois fois Échap. Tout est quitté et effacé dans chaque onglet.',
  },
};
