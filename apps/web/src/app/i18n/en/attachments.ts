/** Files: picking, sending, showing, saving. */
export const EN_ATTACHMENTS = {
  attachments: {
    add: 'Attach a file',
    camera: 'Take a photo',
    drop: 'Drop it to send it to the room',
    heading: 'Send to the room',
    original: 'Send images as they are',
    stripped:
      'What is hidden in images, such as place, time and camera, is removed. Large ones are made smaller, and moving ones stand still.',
    kept: 'The images keep everything that is hidden in them, such as the place and the time they were taken.',
    asTheyAre: 'Other files are sent as they are, with everything that is in them.',
    send: 'Send',
    cancel: 'Cancel',
    remove: (name: string) => `Don’t send ${name}`,
    show: (name: string) => `Show ${name}`,
    save: (name: string) => `Save ${name}`,
    saveIt: 'Save',
    sending: (name: string) => `Sending ${name}`,
    fetching: (name: string) => `Fetching ${name}`,
    stopSending: (name: string) => `Stop sending ${name}`,
    stopFetching: (name: string) => `Stop fetching ${name}`,
    notShown: 'This picture can’t be shown here. You can save it.',
  },
};
