import type { AttachmentTexts } from '../texts.ts';

export const ES_ATTACHMENTS: AttachmentTexts = {
  attachments: {
    add: 'Adjuntar un archivo',
    camera: 'Hacer una foto',
    drop: 'Suelta para enviarlo a la sala',
    heading: 'Enviar a la sala',
    original: 'Enviar las imágenes tal como están',
    stripped:
      'Lo que las imágenes ocultan, como el lugar, la hora y la cámara, se elimina. Las grandes se reducen y las animadas quedan fijas.',
    kept: 'Las imágenes conservan todo lo que ocultan, como el lugar y la hora en que se tomaron.',
    asTheyAre: 'Los demás archivos se envían tal como están, con todo lo que contienen.',
    send: 'Enviar',
    cancel: 'Cancelar',
    remove: (name: string) => `No enviar ${name}`,
    show: (name: string) => `Mostrar ${name}`,
    save: (name: string) => `Guardar ${name}`,
    saveIt: 'Guardar',
    sending: (name: string) => `Enviando ${name}`,
    fetching: (name: string) => `Obteniendo ${name}`,
    stopSending: (name: string) => `Dejar de enviar ${name}`,
    stopFetching: (name: string) => `Dejar de obtener ${name}`,
    notShown: 'Esta imagen no se puede mostrar aquí. Puedes guardarla.',
  },
};
