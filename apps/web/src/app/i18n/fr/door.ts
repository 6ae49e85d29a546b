import { pluralsOf } from '../plurals.ts';
import type { DoorTexts } from '../texts.ts';

const counted = pluralsOf('fr');

export const FR_DOOR: DoorTexts = {
  start: {
    heading: 'Des salons privés qui ne durent pas.',
    lead: 'Ouvrez un salon, partagez le lien, parlez. Les messages sont chiffrés dans ce navigateur et disparaissent d’eux-mêmes. Sans compte.',
    codeLabel: 'Lien ou code d’invitation',
    codeHint: 'Laissez vide pour ouvrir un nouveau salon.',
    codePlaceholder: 'Collez un lien ou un code',
    nameLabel: 'Votre nom',
    namePlaceholder: 'Nous en choisirons un pour vous',
    optional: 'facultatif',
    passwordLabel: 'Mot de passe',
    newPasswordHint: 'Tout le monde en aura besoin en plus du lien.',
    joinPasswordHint: 'Ce salon le demande. Il n’est jamais enregistré.',
    showPassword: 'Afficher le mot de passe',
    hidePassword: 'Masquer le mot de passe',
    suggestPassword: 'Proposer quatre mots',
    lifetimeLabel: 'Les messages disparaissent après',
    newcomersLabel: 'Qui peut entrer',
    newcomersOpen: 'quiconque a le lien',
    newcomersApprove: 'qui est admis par un membre',
    historyLabel: 'Les nouveaux venus',
    historyKept: 'lisent ce qui n’a pas encore disparu',
    historyNone: 'ne lisent rien d’antérieur à leur arrivée',
    create: 'Ouvrir un salon',
    join: 'Entrer dans le salon',
    connecting: 'Connexion…',
    makingKeys: 'Création des clés…',
    tryingAgain: 'Pas encore de réponse, nouvel essai…',
    cancel: 'Annuler',
    makeCode: 'Créer un code pour moi',
    promiseEncrypted: 'Chiffré de bout en bout : le serveur transmet ce qu’il ne peut pas lire.',
    promiseVanishing: 'Rien ne reste : messages, clés et salons prennent fin d’eux-mêmes.',
    promiseAnonymous: 'Ni compte, ni e-mail, ni cookies.',
  },

  lobby: {
    heading: 'Vous êtes invité',
    lead: 'Ce lien ouvre un salon chiffré.',
    looking: 'Recherche du salon…',
    nobody:
      'Il n’y a personne pour l’instant. Si vous entrez, le salon recommence et les messages antérieurs ne seront pas lisibles.',
    inside: (count: number) =>
      counted(count, { one: '# personne est à l’intérieur.', other: '# personnes sont à l’intérieur.' }),
    withPassword: 'Il demande un mot de passe.',
    lifetime: (span: string) => `Les messages disparaissent après ${span}.`,
    gone: 'Ce salon a pris fin.',
    goneNext: 'Les salons ne durent pas. Demandez un nouveau lien ou ouvrez le vôtre.',
    full: 'Ce salon est complet.',
    makeOwn: 'Ouvrir un nouveau salon',
    lookAgain: 'Regarder à nouveau',
    otherRoom: 'Pas ce salon ? Retour à l’accueil',
  },

  code: {
    incomplete: (length: number) =>
      counted(length, { one: '# caractère sur 32.', other: '# caractères sur 32.' }),
    incompleteFinal: (length: number) =>
      counted(length, { other: 'Un code a 32 caractères ; celui-ci en a #. Copiez-le à nouveau.' }),
    tooLong: (length: number) => counted(length, { other: 'Un code a 32 caractères ; celui-ci en a #.' }),
    mistyped: 'Il contient une lettre que les codes n’ont pas. Comparez-le à l’original.',
    chosenName:
      'Un salon ne peut pas porter un nom choisi : un nom qui se devine laisse entrer des inconnus. Un code ne se devine pas.',
    linkWithoutSecret: 'Il manque à ce lien la partie après #. Redemandez le lien entier.',
  },

  notice: {
    lostSecret: 'Ce lien a perdu son secret.',
    lostSecretNext:
      'La partie après # manque ou est abîmée, et elle seule ouvre le salon. Redemandez le lien entier ou saisissez le code ci-dessous.',
    codeInPath: 'Le serveur a vu ce code.',
    codeInPathNext:
      'Le code figurait dans l’adresse même, il a donc été envoyé au serveur. Nous l’avons retiré de la barre d’adresse et ne sommes pas entrés. Un nouveau salon est plus sûr.',
    useAnyway: 'Utiliser le code quand même',
  },

  name: {
    tooLong: (most: number) => counted(most, { one: 'Au plus # caractère.', other: 'Au plus # caractères.' }),
    hiddenCharacters: 'Ce nom contient des caractères invisibles.',
  },

  environment: {
    heading: 'ByteChat ne peut pas fonctionner ici',
    insecureContext: 'Cette page a été ouverte par une adresse non chiffrée.',
    insecureContextNext:
      'Les navigateurs n’autorisent le chiffrement que sur https:// et sur localhost. Ouvrez la page en https://, ou demandez à l’exploitant du serveur de le mettre en place.',
    webCrypto: 'Il manque à ce navigateur Web Crypto, qui fait le chiffrement.',
    worker: 'Ce navigateur ne sait pas lancer les modules worker dans lesquels vivent les clés.',
    browserNext: 'Utilisez une version actuelle de Firefox, Chrome, Edge ou Safari.',
  },

  closed: { again: 'Entrer à nouveau', toStart: 'Accueil' },

  wiped: {
    heading: 'Tout est effacé.',
    text: 'Salons, clés et messages ont disparu de tous les onglets de ce navigateur. Le lien n’est plus dans la barre d’adresse.',
    honest:
      'Ce que les autres ont lu reste chez eux, et ce que vous avez copié est encore dans le presse-papiers.',
  },

  settings: {
    heading: 'Réglages',
    theme: 'Apparence',
    themes: { system: 'Comme le système', light: 'Clair', dark: 'Sombre', contrast: 'Contraste élevé' },
    language: 'Langue',
    notifications: 'Notifications',
    notificationsHint: 'Disent que quelque chose est arrivé, jamais quoi ni de qui.',
    notificationsRefused: 'Ce navigateur ne les autorise pas. Changez-le dans ses réglages pour cette page.',
    newMessage: 'Un nouveau message',
    sound: 'Son',
    forgotten: 'Les réglages sont oubliés à la fermeture de cet onglet.',
  },

  installed: {
    offline: 'Il n’y a pas de connexion.',
    offlineNext:
      'Cette page s’ouvre sans elle, mais un salon en a besoin. Continuez dès qu’elle est revenue.',
    updateReady: (version: string) => `La version ${version} est prête.`,
    useNow: 'L’utiliser maintenant',
    later: 'Plus tard',
  },

  ui: { close: 'Fermer' },
};
