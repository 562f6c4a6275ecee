// redact-pii with its rules for cards and social security numbers, and without those for names, addresses and other digits.
import { createRequire } from 'node:module';
import { GONE, run } from './lines.mjs';

// Packages are looked for from the folder the comparison is run in, which is not this one.
const { SyncRedactor } = createRequire(`${process.cwd()}/`)('redact-pii');
const off = { enabled: false };
const others = ['credentials', 'emailAddress', 'ipAddress', 'names', 'password', 'phoneNumber', 'streetAddress', 'username', 'zipcode', 'url', 'digits'];
const builtInRedactors = Object.fromEntries(others.map((name) => [name, off]));
const redactor = new SyncRedactor({ globalReplaceWith: GONE, builtInRedactors });
await run((text) => redactor.redact(text));
