import { envExample } from './config-rows.ts';

process.stdout.write(envExample());
