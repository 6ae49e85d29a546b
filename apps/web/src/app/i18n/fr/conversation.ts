import { pluralsOf } from '../plurals.ts';
import type { ConversationTexts } from '../texts.ts';

const counted = pluralsOf('fr');

/** What one does with messages: answer, react, correct, take back, find; and the keys for it. */
export const FR_CONVERSATION: ConversationTexts = {
  conversation: {
    reply: 'Répondre',
    react: 'Réagir',
    moreEmoji: 'Plus d’émojis',
    edit: 'Modifier',
    remove: 'Supprimer pour tous',
    deleted: 'Message supprimé',
    edited: 'modifié',
    editedBy: (name: string, text: string) => `${name} a modifié un message : ${text}`,
    deletedBy: (name: string) => `${name} a supprimé un message`,
    changing: 'Envoi de la modification',
    changeFailed: 'Votre modification n’a pas été envoyée.',
    replyingTo: (name: string) => `Réponse à ${name}`,
    toOriginal: (name: string) => `En réponse à ${name} : aller à ce message`,
    originalGone: 'L’original n’est plus là',
    editing: 'Modification de votre message',
    cancel: 'Annuler',
    save: 'Enregistrer la modification',
    reactions: 'Réactions',
    reactedBy: (emoji: string, names: string) => `${emoji} de ${names}`,
  },

  deleteDialog: {
    heading: 'Supprimer ce message ?',
    text: 'Il est effacé des écrans de toutes les personnes présentes. Quelqu’un qui l’a lu peut l’avoir gardé.',
    confirm: 'Supprimer',
    cancel: 'Le garder',
  },

  typing: {
    now: (names: string, count: number) =>
      counted(count, { one: `${names} écrit…`, other: `${names} écrivent…` }),
    many: 'Plusieurs personnes écrivent…',
    setting: 'Montrer aux autres quand j’écris',
    hint: 'Chiffré, comme vos messages.',
  },

  emoji: {
    open: 'Choisir un émoji',
    search: 'Chercher un émoji',
    none: 'Aucun émoji trouvé',
    failed: 'Les émojis n’ont pas pu être chargés.',
    suggestions: 'Suggestions d’émojis',
    groups: 'Catégories',
    tone: 'Couleur de peau',
    tone0: 'Par défaut',
    tone1: 'Clair',
    tone2: 'Moyennement clair',
    tone3: 'Moyen',
    tone4: 'Moyennement foncé',
    tone5: 'Foncé',
    smileys: 'Visages',
    people: 'Personnes',
    nature: 'Animaux et nature',
    food: 'Nourriture et boissons',
    travel: 'Voyages et lieux',
    activities: 'Activités',
    objects: 'Objets',
    symbols: 'Symboles',
    flags: 'Drapeaux',
  },

  shortcuts: {
    heading: 'Clavier',
    send: 'Envoyer',
    newLine: 'Nouvelle ligne',
    editLast: 'Modifier votre dernier message, quand le champ est vide',
    emojiByName: 'Émoji par son nom',
    actions: 'Actions d’un message',
    find: 'Trouver un message',
    list: 'Cette liste',
    close: 'Fermer ou annuler',
    panic: 'Quitter et tout effacer, dans chaque onglet',
  },

  find: {
    heading: 'Trouver un message',
    label: 'Des mots ou un nom',
    none: 'Rien trouvé',
    hint: 'Cherche dans ce qui est à l’écran ; rien n’est envoyé.',
  },

  links: {
    lookAlike: (host: string) => `Des lettres trompeuses : ce lien mène à ${host}`,
  },
};
