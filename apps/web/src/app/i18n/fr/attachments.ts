import type { AttachmentTexts } from '../texts.ts';

export const FR_ATTACHMENTS: AttachmentTexts = {
  attachments: {
    add: 'Joindre un fichier',
    camera: 'Prendre une photo',
    drop: 'Déposez pour envoyer dans le salon',
    heading: 'Envoyer dans le salon',
    original: 'Envoyer les images telles quelles',
    stripped:
      'Ce que les images cachent, comme le lieu, l’heure et l’appareil, est retiré. Les grandes sont réduites, les animées figées.',
    kept: 'Les images gardent tout ce qu’elles cachent, comme le lieu et l’heure de la prise de vue.',
    asTheyAre: 'Les autres fichiers sont envoyés tels quels, avec tout ce qu’ils contiennent.',
    send: 'Envoyer',
    cancel: 'Annuler',
    remove: (name: string) => `Ne pas envoyer ${name}`,
    show: (name: string) => `Afficher ${name}`,
    save: (name: string) => `Enregistrer ${name}`,
    saveIt: 'Enregistrer',
    sending: (name: string) => `Envoi de ${name}`,
    fetching: (name: string) => `Récupération de ${name}`,
    stopSending: (name: string) => `Arrêter l’envoi de ${name}`,
    stopFetching: (name: string) => `Arrêter la récupération de ${name}`,
    notShown: 'Cette image ne peut pas être affichée ici. Vous pouvez l’enregistrer.',
  },
};
