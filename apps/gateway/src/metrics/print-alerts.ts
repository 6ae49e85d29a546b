import { alertRules } from './alerts.ts';

process.stdout.write(alertRules());
