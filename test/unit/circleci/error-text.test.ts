import { describe, expect, test } from 'vitest';
import { errorText } from '../../../main/circleci/error-text.ts';
import { personalValue } from '../../support/circleci-client.ts';

const said = (body: string, token?: string) =>
  errorText(Buffer.from(body), token === undefined ? undefined : Buffer.from(token));

describe('what a refusal says', () => {
  test.each([
    [
      '{"error":{"id":"1","type":"invalid","title":"Invalid input","detail":"label is empty"},"message":"no"}',
      'Invalid input: label is empty',
    ],
    ['{"error":{"type":"forbidden"}}', 'forbidden'],
    ['{"message":"You must log in first.","error":"no"}', 'You must log in first.'],
    ['{"error":"Permission denied"}', 'Permission denied'],
    ['Not  here\n', 'Not here'],
    ['{}', undefined],
    ['[]', undefined],
    ['', undefined],
    ['<!DOCTYPE html><h1>502</h1>', undefined],
    ['  <html>', undefined],
  ])('%j says %j', (body, text) => {
    expect(said(body)).toBe(text);
  });

  test('the token, an echoed value and anything like one is blotted out', () => {
    expect(said(`{"message":"Bad token ${personalValue}, sorry"}`)).toBe('Bad token …, sorry');
    expect(said('{"message":"Bad token my-short-one."}', 'my-short-one')).toBe('Bad token ….');
    expect(said(`{"error":"x=${'ab01'.repeat(10)}"}`)).toBe('x=…');
    expect(said('{"message":"Request 8b1cf4c0-7f0f-4a6c-b3b0-6b1d8f3c2a11 failed"}')).toContain('8b1cf4c0-7f0f');
  });

  test('control characters are shown, and a page is cut to a line', () => {
    expect(said('{"message":"a\\u001b[31mb\\u202ec"}')).toBe('a\\u001b[31mb\\u202ec');
    expect(said('word '.repeat(100_000))).toHaveLength(201);
  });
});
