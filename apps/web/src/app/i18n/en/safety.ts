import { pluralsOf } from '../plurals.ts';

const counted = pluralsOf('en');

/** The sentences about what protects a room, and the alarms. */
export const EN_SAFETY = {
  security: {
    heading: 'Security',
    active: 'End-to-end encrypted',
    pending: 'Not encrypted yet: nothing can be sent',
    verified: 'Verified',
    verifiedOf: (members: number, of: number) =>
      `${members} of ${counted(of, { one: '# person', other: '# people' })}`,
    nobodyElse: 'nobody else is here',
    inSync: 'In sync',
    inSyncSince: (members: number, of: number, ago: string) => `with ${members} of ${of}, ${ago}`,
    noProof: 'no proof from the others yet',
    newcomers: 'Newcomers',
    history: 'can read what is still here',
    noHistory: 'can’t read earlier messages',
    lifetime: 'Messages last',
    epoch: 'Key epoch',
    epochHint: 'The keys change when somebody comes or goes, and with time.',
    suite: 'Method',
    unknownSuite: 'unknown',
    verify: 'Verify people',
    honest: 'Members can copy or photograph what they read.',
  },

  safety: {
    heading: 'Verify people',
    lead: 'Read these words to the others, on the phone or face to face. If everybody sees the same twelve, nobody sits in between.',
    words: 'Safety words',
    qrLabel: 'QR code of the safety words',
    qrHint: 'Any QR reader shows the same text for everybody in the room.',
    people: 'Person by person',
    peopleHint: 'Compare the sixty digits with what this person sees under “Your digits”.',
    fingerprint: (name: string) => `Digits of ${name}`,
    own: 'Your digits',
    markVerified: 'Mark as verified',
    verified: 'Verified',
    session: 'Marks last until you leave. When somebody comes or goes, the words change.',
    loading: 'Working out the words…',
    alone: 'There is nobody to compare with yet.',
  },

  alarm: {
    fork: 'The server shows people in this room different conversations.',
    forkBy: (name: string) => `${name} has seen another one than you.`,
    forkNext: 'Sending is stopped. Leave, and agree on a new room over another channel.',
    forkSent: 'You chose to send all the same: not everybody may see it.',
    gap: 'Messages are missing.',
    gapOf: (missing: number, name: string) =>
      counted(missing, {
        one: `# message of ${name} did not come.`,
        other: `# messages of ${name} did not come.`,
      }),
    gapNext: 'Something that was sent here did not arrive. Ask the others whether it mattered.',
    stale: 'Nobody has confirmed your view of the room for a while.',
    staleSince: (ago: string) => `The last confirmation came ${ago}.`,
    oldKeys: 'The keys of this room have not been renewed for too long.',
    oldKeysSince: (ago: string) => `It should have happened ${ago}.`,
    staleNext:
      'The server may be keeping news from you, such as somebody’s removal. Wait, or send at that risk.',
    replay: 'The server delivered something a second time.',
    replayNext: 'It was refused and nothing is lost. If it goes on, agree on a room on another server.',
    sendAnyway: 'Send anyway',
    understood: 'All right',
  },
};
