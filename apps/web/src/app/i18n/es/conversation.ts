import { pluralsOf } from '../plurals.ts';
import type { ConversationTexts } from '../texts.ts';

const counted = pluralsOf('es');

/** What one does with messages: answer, react, correct, take back, find; and the keys for it. */
export const ES_CONVERSATION: ConversationTexts = {
  conversation: {
    reply: 'Responder',
    react: 'Reaccionar',
    moreEmoji: 'Más emojis',
    edit: 'Editar',
    remove: 'Eliminar para todos',
    deleted: 'Mensaje eliminado',
    edited: 'editado',
    editedBy: (name: string, text: string) => `${name} ha editado un mensaje: ${text}`,
    deletedBy: (name: string) => `${name} ha eliminado un mensaje`,
    changing: 'Enviando el cambio',
    changeFailed: 'Tu cambio no se ha enviado.',
    replyingTo: (name: string) => `Respuesta a ${name}`,
    toOriginal: (name: string) => `En respuesta a ${name}: ir a ese mensaje`,
    originalGone: 'El original ya no está',
    editing: 'Editando tu mensaje',
    cancel: 'Cancelar',
    save: 'Guardar el cambio',
    reactions: 'Reacciones',
    reactedBy: (emoji: string, names: string) => `${emoji} de ${names}`,
  },

  deleteDialog: {
    heading: '¿Eliminar este mensaje?',
    text: 'Se borra de las pantallas de todos en la sala. Quien lo haya leído puede haberlo guardado.',
    confirm: 'Eliminar',
    cancel: 'Conservarlo',
  },

  typing: {
    now: (names: string, count: number) =>
      counted(count, { one: `${names} está escribiendo…`, other: `${names} están escribiendo…` }),
    many: 'Varias personas están escribiendo…',
    setting: 'Mostrar a los demás cuando escribo',
    hint: 'Cifrado, como tus mensajes.',
  },

  emoji: {
    open: 'Elegir un emoji',
    search: 'Buscar emojis',
    none: 'No se encontró ningún emoji',
    failed: 'No se pudieron cargar los emojis.',
    suggestions: 'Sugerencias de emojis',
    groups: 'Categorías',
    tone: 'Tono de piel',
    tone0: 'Predeterminado',
    tone1: 'Claro',
    tone2: 'Medio claro',
    tone3: 'Medio',
    tone4: 'Medio oscuro',
    tone5: 'Oscuro',
    smileys: 'Caritas',
    people: 'Personas',
    nature: 'Animales y naturaleza',
    food: 'Comida y bebida',
    travel: 'Viajes y lugares',
    activities: 'Actividades',
    objects: 'Objetos',
    symbols: 'Símbolos',
    flags: 'Banderas',
  },

  shortcuts: {
    heading: 'Teclado',
    send: 'Enviar',
    newLine: 'Línea nueva',
    editLast: 'Editar tu último mensaje, con el campo vacío',
    emojiByName: 'Emoji por su nombre',
    actions: 'Acciones de un mensaje',
    find: 'Buscar un mensaje',
    list: 'Esta lista',
    close: 'Cerrar o cancelar',
    panic: 'Salir y borrar, en todas las pestañas',
  },

  find: {
    heading: 'Buscar un mensaje',
    label: 'Palabras o un nombre',
    none: 'Nada encontrado',
    hint: 'Busca en lo que hay en tu pantalla; no se envía nada.',
  },

  links: {
    lookAlike: (host: string) => `Letras engañosas: lleva a ${host}`,
  },
};
