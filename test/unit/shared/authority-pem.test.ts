import { expect, test } from 'vitest';
import { certificatesIn } from '../../../shared/authority-pem.ts';

const certificate = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;

test('of a file with words and a private key in it, the certificates alone are taken', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n';
  const file = `Bag Attributes\n  friendlyName: ca\n${certificate('AAAA')}${key}subject=CN=root\r\n${certificate('BB+/\nBB==')}`;
  expect(certificatesIn(file)).toBe(`${certificate('AAAA')}${certificate('BB+/\nBB==')}`);
});

test.each([
  '',
  'hello',
  '-----BEGIN CERTIFICATE-----',
  '-----BEGIN CERTIFICATE-----\nAAAA',
  '-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n',
])('in %j there is none', (text) => {
  expect(certificatesIn(text)).toBe('');
});
