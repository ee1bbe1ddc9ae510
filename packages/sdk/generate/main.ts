import { writeFileSync } from 'node:fs';
import { wireFile, wireText } from './wire.ts';

writeFileSync(wireFile, wireText());
