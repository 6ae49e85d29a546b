import type { ErrorTexts } from '../texts.ts';

export const ES_ERRORS: ErrorTexts = {
  waiting: { tryAgainIn: (span: string) => `Inténtalo otra vez en ${span}.` },

  errors: {
    format: { what: 'Una petición estaba mal formada.', next: 'Recarga la página y entra otra vez.' },
    version: {
      what: 'Esta página y el servidor hablan versiones distintas.',
      next: 'Recarga la página para obtener la versión del servidor.',
    },
    origin: {
      what: 'Este servidor no acepta conexiones desde esta dirección.',
      next: 'Abre la página en la dirección del servidor o pregunta a quien lo lleva.',
    },
    gate: {
      what: 'Enlace o contraseña incorrectos.',
      next: 'Revisa la contraseña o pide otra vez el enlace.',
    },
    noRoom: {
      what: 'Ninguna sala responde a este código.',
      next: 'Ha terminado, o el código es de otro servidor. Pide un enlace nuevo o abre una sala.',
    },
    roomExists: { what: 'Esta sala ya existe.', next: 'Entra con su enlace.' },
    locked: {
      what: 'Hubo demasiados intentos fallidos; la entrada está bloqueada un rato.',
      next: 'A los de dentro no les afecta. Espera y vuelve a intentarlo.',
    },
    rate: { what: 'Eso fue demasiado rápido.', next: 'Espera un momento y vuelve a intentarlo.' },
    keysChanged: { what: 'La sala acaba de cambiar sus claves.', next: 'Inténtalo otra vez.' },
    keyChangeIncomplete: { what: 'Un cambio de claves quedó incompleto.', next: 'Inténtalo otra vez.' },
    duplicate: { what: 'Esto ya se había enviado.', next: 'Nada se ha perdido; borra la repetición.' },
    full: { what: 'La sala está llena.', next: 'Espera a que alguien salga o abre una sala nueva.' },
    tooLarge: { what: 'Era demasiado grande para el servidor.', next: 'Envíalo en partes más pequeñas.' },
    notMember: { what: 'Ya no eres miembro de esta sala.', next: 'Entra otra vez con el enlace.' },
    keyChangeSlow: { what: 'Un cambio de claves tardó demasiado.', next: 'Inténtalo otra vez.' },
    rollback: {
      what: 'El servidor ha perdido parte de la sala.',
      next: 'Recarga la página y entra otra vez.',
    },
    generation: { what: 'La sala se ha fundado de nuevo.', next: 'Entra otra vez con el enlace.' },
    busy: { what: 'El servidor está ocupado.', next: 'Espera un momento y vuelve a intentarlo.' },
    indeterminate: {
      what: 'No es seguro que esto haya llegado.',
      next: 'Inténtalo otra vez; no aparecerá dos veces.',
    },
    fileGone: {
      what: 'Este archivo ya no existe.',
      next: 'Ha caducado, o su sala ha terminado. Pídelo de nuevo.',
    },
    fileTooLarge: {
      what: 'Este archivo es más grande de lo que acepta este servidor.',
      next: 'Envía uno más pequeño, o reduce este.',
    },
    fileSpaceFull: {
      what: 'No hay espacio para más archivos en este momento.',
      next: 'Espera a que caduquen los más antiguos y vuelve a intentarlo.',
    },
    fileEmpty: { what: 'Este archivo está vacío.', next: 'Elige otro.' },
    fileDamaged: {
      what: 'Este archivo no es el que se describió; se ha rechazado.',
      next: 'Pídelo de nuevo. Si vuelve a ocurrir, no te fíes de este servidor.',
    },
    cancelled: { what: 'Se ha cancelado.', next: 'Puedes empezar de nuevo cuando quieras.' },
    messageGone: { what: 'Este mensaje ya no está.', next: 'Ha caducado o se ha eliminado.' },
    empty: { what: 'No hay nada que enviar.', next: 'Escribe algo primero.' },
    tooLong: { what: 'El texto es demasiado largo.', next: 'Acórtalo a 4.000 caracteres.' },
    queueFull: {
      what: 'Demasiados mensajes esperan para enviarse.',
      next: 'Espera a que vuelva la conexión. Tu borrador se conserva.',
    },
    offline: { what: 'No se llega al servidor.', next: 'Revisa tu conexión y vuelve a intentarlo.' },
    closed: { what: 'La sala está cerrada.', next: 'Entra otra vez con el enlace.' },
    unsupported: { what: 'Ahora no es posible.', next: 'Espera un momento y vuelve a intentarlo.' },
    mistypedCode: {
      what: 'Este código tiene un error al teclear.',
      next: 'Compáralo con el original o cópialo otra vez.',
    },
    weakPassword: {
      what: 'Esta sala protege su contraseña con poca fuerza.',
      next: 'Por seguridad, esta página no entra. Abre una sala nueva.',
    },
    unknownSuite: {
      what: 'Esta sala usa un cifrado que esta página no conoce.',
      next: 'Recarga la página para actualizarla.',
    },
    refusedByCheck: {
      what: 'Algo que llegó no pasó un control de seguridad y se rechazó.',
      next: 'Si se repite, sal de la sala y acuerda otra. Recarga la página y entra otra vez.',
    },
    notFromThisLink: {
      what: 'La respuesta no encaja con este enlace y esta contraseña.',
      next: 'Revisa ambos con quien te invitó. Si son correctos, no te fíes de este servidor: abre una sala en otro.',
    },
    outOfStep: {
      what: 'Esta pestaña no va al paso de la sala.',
      next: 'Recarga la página y entra otra vez.',
    },
    notAllowed: { what: 'Esta sala no te permite hacer eso.', next: 'Pregunta al anfitrión de la sala.' },
    gap: { what: 'Faltan mensajes.', next: 'Pregunta a los demás si eran importantes.' },
    fork: {
      what: 'El servidor muestra conversaciones distintas a las personas de esta sala.',
      next: 'Sal de la sala y acuerda otra por otro medio.',
    },
    stale: {
      what: 'Hace un rato que nadie confirma lo que ves de la sala.',
      next: 'Espera a los demás o elige enviar de todos modos.',
    },
  },

  closedBy: {
    LEFT: { what: 'Has salido de la sala.', next: 'Todo lo suyo se ha borrado de este navegador.' },
    EXPIRED: {
      what: 'La sala estuvo en silencio demasiado tiempo.',
      next: 'Tu sesión ha terminado y sus claves están borradas. Puedes volver con el mismo enlace.',
    },
    REPLACED: {
      what: 'La sala sigue en otra conexión.',
      next: 'Esta pestaña se ha detenido. Usa la otra o entra aquí otra vez.',
    },
    KICKED: {
      what: 'Un miembro te ha expulsado de la sala.',
      next: 'Las claves se han borrado de este navegador.',
    },
    ATTEMPTS: { what: 'No se llega al servidor.', next: 'Revisa tu conexión y vuelve a intentarlo.' },
    GENERATION: {
      what: 'La sala se ha fundado de nuevo.',
      next: 'Ya no se puede responder de su curso anterior. Entra otra vez para seguir; los mensajes anteriores no se pueden leer.',
    },
    ROOM_GONE: {
      what: 'Esta sala ha terminado.',
      next: 'El servidor ya no la conoce. Abre una sala nueva y comparte su enlace.',
    },
    REMOVED: {
      what: 'Estuviste fuera demasiado tiempo.',
      next: 'Los miembros han seguido sin ti. Entra otra vez para volver.',
    },
    PROTOCOL: {
      what: 'El servidor ha dicho algo que no tiene sentido.',
      next: 'Por seguridad se ha cerrado la sala y se han borrado sus claves. Recarga la página y entra otra vez.',
    },
    REFUSED: {
      what: 'El servidor rechaza esta conexión.',
      next: 'Recarga la página. Si no ayuda, pregunta a quien lleva el servidor.',
    },
  },
};
