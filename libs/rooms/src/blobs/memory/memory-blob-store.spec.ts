import { blobStoreConformance, memoryBlobWorld } from '@bytechat/testing/rooms';
import * as jest from '@jest/globals';

blobStoreConformance('the files in memory', memoryBlobWorld, jest);
