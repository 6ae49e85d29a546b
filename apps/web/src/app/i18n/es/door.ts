import { pluralsOf } from '../plurals.ts';
import type { DoorTexts } from '../texts.ts';

const counted = pluralsOf('es');

export const ES_DOOR: DoorTexts = {
  start: {
    heading: 'Salas privadas que no perduran.',
    lead: 'Abre una sala, comparte el enlace, habla. Los mensajes se cifran en este navegador y desaparecen solos. Sin cuenta.',
    codeLabel: 'Enlace o código de invitación',
    codeHint: 'Déjalo vacío para abrir una sala nueva.',
    codePlaceholder: 'Pega un enlace o un código',
    nameLabel: 'Tu nombre',
    namePlaceholder: 'Elegiremos uno por ti',
    optional: 'opcional',
    passwordLabel: 'Contraseña',
    newPasswordHint: 'Todos la necesitan además del enlace.',
    joinPasswordHint: 'Esta sala la pide. Nunca se guarda.',
    showPassword: 'Mostrar la contraseña',
    hidePassword: 'Ocultar la contraseña',
    suggestPassword: 'Proponer cuatro palabras',
    lifetimeLabel: 'Los mensajes desaparecen tras',
    newcomersLabel: 'Quién entra',
    newcomersOpen: 'quien tenga el enlace',
    newcomersApprove: 'a quien deje entrar alguien de dentro',
    historyLabel: 'Quien llega después',
    historyKept: 'lee lo que aún no ha desaparecido',
    historyNone: 'no lee nada escrito antes de llegar',
    create: 'Abrir una sala',
    join: 'Entrar en la sala',
    connecting: 'Conectando…',
    makingKeys: 'Creando claves…',
    tryingAgain: 'Aún sin respuesta, otro intento…',
    cancel: 'Cancelar',
    makeCode: 'Crear un código para mí',
    promiseEncrypted: 'Cifrado de extremo a extremo: el servidor transmite lo que no puede leer.',
    promiseVanishing: 'Nada queda: mensajes, claves y salas terminan solos.',
    promiseAnonymous: 'Sin cuenta, sin correo, sin cookies.',
  },

  lobby: {
    heading: 'Te han invitado',
    lead: 'Este enlace abre una sala cifrada.',
    looking: 'Buscando la sala…',
    nobody:
      'Ahora no hay nadie dentro. Si entras, la sala empieza de nuevo y los mensajes anteriores no se pueden leer.',
    inside: (count: number) =>
      counted(count, { one: 'Hay una persona dentro.', other: 'Hay # personas dentro.' }),
    withPassword: 'Pide una contraseña.',
    lifetime: (span: string) => `Los mensajes desaparecen tras ${span}.`,
    gone: 'Esta sala ha terminado.',
    goneNext: 'Las salas no perduran. Pide un enlace nuevo o abre una sala propia.',
    full: 'Esta sala está llena.',
    makeOwn: 'Abrir una sala nueva',
    lookAgain: 'Mirar otra vez',
    otherRoom: '¿No es esta sala? Ir al inicio',
  },

  code: {
    incomplete: (length: number) =>
      counted(length, { one: '# carácter de 32.', other: '# caracteres de 32.' }),
    incompleteFinal: (length: number) =>
      counted(length, { other: 'Un código tiene 32 caracteres; este tiene #. Cópialo otra vez.' }),
    tooLong: (length: number) => counted(length, { other: 'Un código tiene 32 caracteres; este tiene #.' }),
    mistyped: 'Contiene una letra que los códigos no tienen. Compáralo con el original.',
    chosenName:
      'Las salas no pueden tener un nombre elegido: lo que se adivina deja entrar a extraños. Un código no se adivina.',
    linkWithoutSecret: 'A este enlace le falta la parte tras #. Pide el enlace completo.',
  },

  notice: {
    lostSecret: 'Este enlace ha perdido su secreto.',
    lostSecretNext:
      'La parte tras # falta o está dañada, y solo ella abre la sala. Pide el enlace completo o escribe abajo el código.',
    codeInPath: 'El servidor ha visto este código.',
    codeInPathNext:
      'El código estaba en la propia dirección, así que se envió al servidor. Lo hemos quitado de la barra de direcciones y no hemos entrado. Una sala nueva es más segura.',
    useAnyway: 'Usar el código de todos modos',
  },

  name: {
    tooLong: (most: number) =>
      counted(most, { one: 'Como máximo # carácter.', other: 'Como máximo # caracteres.' }),
    hiddenCharacters: 'Este nombre contiene caracteres invisibles.',
  },

  environment: {
    heading: 'ByteChat no puede funcionar aquí',
    insecureContext: 'Esta página se abrió en una dirección sin cifrar.',
    insecureContextNext:
      'Los navegadores solo permiten cifrar en direcciones https:// y en localhost. Abre la página por https:// o pide a quien lleva el servidor que lo configure.',
    webCrypto: 'A este navegador le falta Web Crypto, que hace el cifrado.',
    worker: 'Este navegador no puede ejecutar los módulos worker en los que viven las claves.',
    browserNext: 'Usa una versión actual de Firefox, Chrome, Edge o Safari.',
  },

  closed: { again: 'Entrar otra vez', toStart: 'Inicio' },

  wiped: {
    heading: 'Todo está borrado.',
    text: 'Salas, claves y mensajes han desaparecido de todas las pestañas de este navegador. El enlace ya no está en la barra de direcciones.',
    honest: 'Lo que otros han leído se queda con ellos, y lo que copiaste sigue en el portapapeles.',
  },

  settings: {
    heading: 'Ajustes',
    theme: 'Apariencia',
    themes: { system: 'Como el sistema', light: 'Claro', dark: 'Oscuro', contrast: 'Alto contraste' },
    language: 'Idioma',
    notifications: 'Notificaciones',
    notificationsHint: 'Dicen que llegó algo, nunca qué ni de quién.',
    notificationsRefused: 'Este navegador no las permite. Cámbialo en sus ajustes para esta página.',
    newMessage: 'Un mensaje nuevo',
    sound: 'Sonido',
    forgotten: 'Los ajustes se olvidan al cerrar esta pestaña.',
  },

  installed: {
    offline: 'No hay conexión.',
    offlineNext: 'Esta página se abre sin ella, pero una sala la necesita. Continúa en cuanto vuelva.',
    updateReady: (version: string) => `La versión ${version} está lista.`,
    useNow: 'Usarla ahora',
    later: 'Más tarde',
  },

  ui: { close: 'Cerrar' },
};
