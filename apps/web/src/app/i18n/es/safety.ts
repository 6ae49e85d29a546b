import { pluralsOf } from '../plurals.ts';
import type { SafetyTexts } from '../texts.ts';

const counted = pluralsOf('es');

export const ES_SAFETY: SafetyTexts = {
  security: {
    heading: 'Seguridad',
    active: 'Cifrado de extremo a extremo',
    pending: 'Aún sin cifrar: no se puede enviar nada',
    verified: 'Verificado',
    verifiedOf: (members: number, of: number) =>
      counted(of, { one: `${members} de # persona`, other: `${members} de # personas` }),
    nobodyElse: 'no hay nadie más aquí',
    inSync: 'Sincronizado',
    inSyncSince: (members: number, of: number, ago: string) => `con ${members} de ${of}, ${ago}`,
    noProof: 'aún sin pruebas de los demás',
    newcomers: 'Quien llega',
    history: 'lee lo que aún queda',
    noHistory: 'no lee lo anterior',
    lifetime: 'Los mensajes duran',
    epoch: 'Época de claves',
    epochHint: 'Las claves cambian cuando alguien llega o se va, y con el tiempo.',
    suite: 'Método',
    unknownSuite: 'desconocido',
    verify: 'Verificar personas',
    honest: 'Quien lee puede copiar o fotografiar lo que lee.',
  },

  safety: {
    heading: 'Verificar personas',
    lead: 'Lee estas palabras a los demás, por teléfono o cara a cara. Si todos ven las mismas doce, no hay nadie en medio.',
    words: 'Palabras de seguridad',
    qrLabel: 'Código QR de las palabras de seguridad',
    qrHint: 'Cualquier lector de QR muestra el mismo texto a todos los de la sala.',
    people: 'Persona por persona',
    peopleHint: 'Compara los sesenta dígitos con lo que esta persona ve en «Tus dígitos».',
    fingerprint: (name: string) => `Dígitos de ${name}`,
    own: 'Tus dígitos',
    markVerified: 'Marcar como verificado',
    verified: 'Verificado',
    session: 'Las marcas duran hasta que salgas. Cuando alguien llega o se va, las palabras cambian.',
    loading: 'Calculando las palabras…',
    alone: 'Aún no hay nadie con quien comparar.',
  },

  alarm: {
    fork: 'El servidor muestra conversaciones distintas a las personas de esta sala.',
    forkBy: (name) => `${name} ha visto otra que tú.`,
    forkNext: 'El envío está detenido. Sal y acuerda otra sala por otro medio.',
    forkSent: 'Envías de todos modos: quizá no lo vean todos.',
    gap: 'Faltan mensajes.',
    gapOf: (missing, name) =>
      counted(missing, {
        one: `No ha llegado # mensaje de ${name}.`,
        other: `No han llegado # mensajes de ${name}.`,
      }),
    gapNext: 'Algo que se envió aquí no ha llegado. Pregunta a los demás si era importante.',
    stale: 'Hace un rato que nadie confirma lo que ves de la sala.',
    staleSince: (ago) => `La última confirmación llegó ${ago}.`,
    oldKeys: 'Hace demasiado que no se renuevan las claves de esta sala.',
    oldKeysSince: (ago) => `Debía haber ocurrido ${ago}.`,
    staleNext:
      'Quizá el servidor te oculte novedades, como una expulsión. Espera, o envía asumiendo ese riesgo.',
    replay: 'El servidor ha entregado algo por segunda vez.',
    replayNext: 'Se ha rechazado y nada se ha perdido. Si continúa, acordad una sala en otro servidor.',
    sendAnyway: 'Enviar de todos modos',
    understood: 'De acuerdo',
  },
};
