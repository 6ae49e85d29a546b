import { serveRoomClient } from '@bytechat/client';

/** All end-to-end encryption runs here, in a thread that ends with the room. */
serveRoomClient(self);
