import { configTable } from './config-rows.ts';

process.stdout.write(configTable());
