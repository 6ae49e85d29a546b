import { pluralsOf } from '../plurals.ts';
import type { RoomTexts } from '../texts.ts';

const counted = pluralsOf('es');

export const ES_ROOM: RoomTexts = {
  room: {
    title: 'Sala privada',
    people: (count: number) => counted(count, { one: '# persona', other: '# personas' }),
    vanishing: (span: string) => `los mensajes desaparecen tras ${span}`,
    copyLink: 'Copiar enlace',
    copied: 'Copiado',
    copyFailed: 'Aquí no se permite copiar. Selecciona el texto y cópialo:',
    details: 'Detalles de la sala',
    invite: 'Invitar a gente',
    leave: 'Salir',
    messages: 'Mensajes',
    empty: 'Aún no hay mensajes',
    emptyNext: 'Comparte el enlace para traer gente. Lo que escribas aquí solo lo leen los de dentro.',
    terms: (span: string) => `Los mensajes desaparecen tras ${span}.`,
    termsHistory: 'Quien llega después lee lo que aún queda.',
    termsNoHistory: 'Quien llega después no lee lo escrito antes.',
    unread: 'Nuevo',
    newMessages: (count: number) => counted(count, { one: '# mensaje nuevo', other: '# mensajes nuevos' }),
    toNewest: 'Al mensaje más reciente',
    you: 'Tú',
    today: 'Hoy',
    yesterday: 'Ayer',
    goneIn: (span: string) => `desaparece en ${span}`,
    skip: 'Saltar al campo de mensaje',
  },

  message: {
    sending: 'Enviando',
    sent: 'Enviado',
    delivered: 'Entregado',
    failed: 'No enviado',
    failedBecause: (reason: string) => `No enviado. ${reason}`,
    retry: 'Reintentar',
    discard: 'Borrar',
    actions: (name: string) => `Mensaje de ${name}: acciones`,
    copyText: 'Copiar texto',
    opens: (host: string) => `abre ${host}`,
  },

  composer: {
    label: 'Mensaje',
    placeholder: 'Escribe un mensaje',
    send: 'Enviar',
    left: (count: number) => counted(count, { one: 'queda # carácter', other: 'quedan # caracteres' }),
    tooLong: (count: number) => counted(count, { other: '# de más' }),
    notYet: 'Ya puedes escribir; el envío se abre cuando estés dentro.',
    paused: 'El envío está en pausa.',
    keys: 'Intro envía, Mayús + Intro empieza otra línea',
  },

  system: {
    joined: (names: string) => `Ha entrado: ${names}`,
    left: (names: string) => `Ha salido: ${names}`,
    timeout: (names: string) => `Ha salido: ${names} (conexión perdida)`,
    kicked: (names: string) => `Expulsión: ${names}, que ya no puede leer lo que venga`,
    linkChanged: 'El enlace de invitación ha cambiado. El anterior ya no abre nada.',
    reinit: 'La sala ha empezado de nuevo con claves frescas. Quien llega después no lee lo anterior.',
    sameName: (name: string) =>
      `Ha entrado otra persona llamada «${name}», con otra clave. Pregunta en persona cuál es la verdadera.`,
    founded: 'Has abierto esta sala. Solo puede entrar quien tenga el enlace.',
    foundedAnew: 'La sala estaba vacía y ha empezado de nuevo. Los mensajes anteriores no se pueden leer.',
    rejoined:
      'Estuviste fuera demasiado tiempo y has vuelto como si fueras nuevo. Puede faltar parte de lo dicho entretanto.',
    renamed: (name: string, before: string) => `${before} ahora se llama ${name}`,
    gap: (missing: number) => counted(missing, { one: 'Falta un mensaje.', other: 'Faltan # mensajes.' }),
    unreadable: 'Un mensaje no se pudo leer y se descartó.',
    andOthers: (shown: string, others: number) =>
      counted(others, { one: `${shown} y # más`, other: `${shown} y # más` }),
  },

  connection: {
    idle: 'Sin conexión aún',
    connecting: 'Conectando…',
    online: 'Conectado',
    recovering: 'Poniéndose al día…',
    offline: 'Sin conexión',
    waiting: (span: string) => `Conexión perdida. Próximo intento en ${span}`,
    waitingNow: 'Conexión perdida. Reintentando…',
    attempts: 'No se llega al servidor. Tu borrador se conserva.',
    tryNow: 'Intentar ahora',
  },

  membership: {
    keys: 'Crear claves',
    founding: 'Abrir la sala',
    waiting: 'Esperar a que alguien te deje entrar',
    joined: 'Dentro',
    waitingNext: 'Alguien de dentro debe estar en línea. Suele tardar uno o dos segundos.',
    unanswered: 'Ahora nadie puede dejarte entrar',
    unansweredNext: 'Parece que todos están fuera. Tu enlace sigue sirviendo.',
    retry: 'Intentar otra vez',
    progress: 'Pasos para entrar',
  },

  knocking: {
    asks: (name) => `${name} pide entrar.`,
    hint: 'Deja entrar solo a quien esperas.',
    admit: 'Dejar entrar',
    refuse: 'Rechazar',
  },

  session: {
    endsSoon: '¿Sigues ahí? La sala se cierra para ti en un minuto.',
    stay: 'Quedarme',
  },

  invite: {
    heading: 'Invitar a gente',
    withPassword: 'Puede entrar quien tenga este enlace y la contraseña.',
    withoutPassword: 'Puede entrar quien tenga este enlace.',
    code: 'Código de invitación',
    link: 'Enlace de invitación',
    qr: 'Código QR',
    qrLabel: 'Código QR del enlace de invitación',
    qrHint: 'Apúntalo con la cámara de un teléfono.',
    expiry:
      'El enlace sirve mientras haya alguien dentro. Una sala vacía termina sola, y su enlace con ella.',
    copyLink: 'Copiar enlace',
    copyCode: 'Copiar código',
    share: 'Compartir…',
    shareTitle: 'Una sala privada',
    hideLink: 'Ocultar enlace',
    hideLinkHint: 'Quita el enlace de la barra de direcciones. Al recargar no se encontrará la sala.',
    hidden: 'El enlace ya no está en la barra de direcciones.',
  },

  people: {
    heading: (count: number) => counted(count, { other: 'Personas (#)' }),
    you: 'tú',
    owner: 'anfitrión',
    away: 'fuera',
    verified: 'verificado',
    sameName: 'mismo nombre',
    kick: (name: string) => `Expulsar a ${name}`,
  },

  kickDialog: {
    heading: (name: string) => `¿Expulsar a ${name}?`,
    text: 'Las claves y el enlace de invitación cambian enseguida. Lo ya leído no se puede retirar.',
    next: 'Para invitar después, comparte el enlace nuevo; el anterior ya no abre nada.',
    confirm: 'Expulsar',
    cancel: 'Cancelar',
  },

  leaveDialog: {
    heading: '¿Salir de esta sala?',
    text: 'Tus mensajes aquí y las claves se borran enseguida de este navegador. Necesitas el enlace para volver.',
    confirm: 'Salir y borrar',
    cancel: 'Quedarme aquí',
    wipe: 'Borrar todas las pestañas',
    panic: 'Con prisa: pulsa Esc tres veces. Sale y borra en todas las pestañas.',
  },
};
