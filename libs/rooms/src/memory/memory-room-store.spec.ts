import { memoryWorld, roomStoreConformance } from '@bytechat/testing';
import * as jest from '@jest/globals';

roomStoreConformance('the store in memory', memoryWorld, jest);
