import type { AttachmentTexts } from '../texts.ts';

export const DE_ATTACHMENTS: AttachmentTexts = {
  attachments: {
    add: 'Datei anhängen',
    camera: 'Foto aufnehmen',
    drop: 'Loslassen, um es in den Raum zu senden',
    heading: 'In den Raum senden',
    original: 'Bilder unverändert senden',
    stripped:
      'Was in Bildern verborgen ist, etwa Ort, Zeit und Kamera, wird entfernt. Große werden verkleinert, bewegte stehen still.',
    kept: 'Die Bilder behalten alles, was in ihnen verborgen ist, etwa Ort und Zeit der Aufnahme.',
    asTheyAre: 'Andere Dateien werden unverändert gesendet, mit allem, was in ihnen steht.',
    send: 'Senden',
    cancel: 'Abbrechen',
    remove: (name: string) => `${name} nicht senden`,
    show: (name: string) => `${name} zeigen`,
    save: (name: string) => `${name} speichern`,
    saveIt: 'Speichern',
    sending: (name: string) => `${name} wird gesendet`,
    fetching: (name: string) => `${name} wird geholt`,
    stopSending: (name: string) => `Senden von ${name} abbrechen`,
    stopFetching: (name: string) => `Holen von ${name} abbrechen`,
    notShown: 'Dieses Bild kann hier nicht gezeigt werden. Du kannst es speichern.',
  },
};
