import { memoryWorld, roomStoreConformance } from '@bytechat/testing/rooms';
import * as jest from '@jest/globals';

roomStoreConformance('the store in memory', memoryWorld, jest);
