import { RoomError } from '@bytechat/rooms';

/** The refusal that an act ends in. @throws when it doesn't. */
export async function refusalOf(act: Promise<unknown>): Promise<RoomError> {
  try {
    await act;
  } catch (error) {
    if (error instanceof RoomError) return error;
    throw error;
  }
  throw new Error('Expected a refusal, but it was accepted.');
}

export const codeOf = async (act: Promise<unknown>): Promise<string> => (await refusalOf(act)).code;
