import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { parseHost } from '../../../main/circleci/host.ts';

describe('the address of a host', () => {
  test.each([
    ['https://circleci.com'],
    ['circleci.com'],
    ['https://app.circleci.com/'],
    ['HTTPS://CircleCI.com/api/v2'],
    ['circleci.com/api/v1.1/'],
    ['https://circleci.com:443/api/private'],
    ['  https://circleci.com\n'],
  ])('%j is the cloud', (text) => {
    expect(parseHost(text)).toEqual({ origin: 'https://circleci.com', kind: 'cloud' });
  });

  test.each([
    ['ci.example.com', 'https://ci.example.com'],
    ['https://ci.example.com:8443/api/v3/', 'https://ci.example.com:8443'],
    ['ci.example.com:8443', 'https://ci.example.com:8443'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://127.7.7.7/api/v1', 'http://127.7.7.7'],
    ['http://localhost:1/', 'http://localhost:1'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
    ['https://circleci.com:8443', 'https://circleci.com:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('%j is a server', (text, origin) => {
    expect(parseHost(text)).toEqual({ origin, kind: 'server' });
  });

  test.each([
    [''],
    ['   '],
    ['http://circleci.com'],
    ['http://ci.example.com'],
    ['http://10.0.0.1'],
    ['http://localhost.example.com'],
    ['http://127.0.0.1.example.com'],
    ['http://128.0.0.1'],
    ['ftp://circleci.com'],
    ['file:///etc/passwd'],
    ['https://user:secret@circleci.com'],
    ['https://@circleci.com'],
    ['https://circleci.com?x=1'],
    ['https://circleci.com/#'],
    ['https://circleci.com\\@evil.example'],
    ['https://circle\tci.com'],
    ['https://circleci.com/gh/acme'],
    ['https://circleci.com/api/v2/me'],
    ['https://'],
    ['https://a b'],
    ['http:circleci.com'],
  ])('%j is refused before anything is sent, and not repeated in the message', (text) => {
    let error: unknown;
    try {
      parseHost(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('Nothing was sent') });
    expect(String(error)).not.toContain('secret');
  });
});
