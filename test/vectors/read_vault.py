#!/usr/bin/env python3
"""Reads a Rondo vault or export without Rondo: docs/vault-format.md as a program.

    read_vault.py vault  FILE (--password-file FILE | --recovery-code-file FILE) [--values]
    read_vault.py export FILE  --password-file FILE [--values]

Needs Python 3.9 and PyNaCl (Debian: python3-nacl) and nothing of this project. Prints one JSON document. Values stand in
it only with --values; without, a record says whether it has one. What is read is never written: a vault is copied, sealed
as it is, into a private temporary folder, because SQLite would leave files beside it. Anything that does not check out
ends it with a message and exit code 1.
"""
import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import struct
import sys
import tempfile
import unicodedata

from nacl import bindings
from nacl.exceptions import CryptoError

KINDS = {"meta": 1, "secret": 2, "journal": 3, "manifest": 4, "log": 5, "mark": 6}
SUBKEYS = {**KINDS, "set-hash": 6, "mark": 9}
SLOT_TYPES = {1: "password", 2: "recovery", 3: "keychain"}


class Unreadable(Exception):
    """What is wrong, in words."""


def check(condition, problem):
    if not condition:
        raise Unreadable(problem)


def blake2b(message, key=b"", **more):
    return hashlib.blake2b(message, key=key, digest_size=32, **more).digest()


class Reader:
    """Bytes, front to back; numbers are big endian."""

    def __init__(self, source):
        self.source, self.at = source, 0

    def take(self, length):
        check(self.at + length <= len(self.source), "the bytes end too early")
        self.at += length
        return self.source[self.at - length : self.at]

    def number(self, length):
        return int.from_bytes(self.take(length), "big")

    def at_end(self):
        return self.at == len(self.source)


# Keys


def derive_key(password, parameters):
    """Argon2id 1.3 of the NFKC form."""
    reader = Reader(parameters)
    check(reader.number(1) == 1, "the key derivation is not Argon2id 1.3")
    operations, memory_kib, salt = reader.number(4), reader.number(4), reader.take(16)
    check(reader.at_end() and 1 <= operations <= 10 and 8192 <= memory_kib <= 1048576, "the cost is out of bounds")
    normalised = unicodedata.normalize("NFKC", password.decode("utf-8")).encode("utf-8")
    algorithm = bindings.crypto_pwhash_ALG_ARGON2ID13
    return bindings.crypto_pwhash_alg(32, normalised, salt, operations, memory_kib * 1024, algorithm)


def decode_recovery_code(typed):
    """13 groups of four characters of 5 bits each and a check character; 260 bits, of which the first 256 are the key."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    text = typed.decode("ascii").upper().translate(str.maketrans("OIL", "011", " \t-"))
    check(len(text) == 65 and all(sign in alphabet for sign in text), "the recovery code has not 13 groups of 5 signs")
    values = [alphabet.index(sign) for sign in text]

    def times_power_of_two(value, power):
        for _ in range(power):
            value = (value << 1) ^ 0x25 if value & 0x10 else value << 1
        return value

    bits = 0
    for group in range(13):
        *data, mark = values[group * 5 : group * 5 + 5]
        expected = times_power_of_two(group, 5)
        for place, value in enumerate(data):
            expected ^= times_power_of_two(value, place + 1)
            bits = bits << 5 | value
        check(expected == mark, f"the recovery code has a typing mistake in group {group + 1} of 13")
    check(bits & 0xF == 0, "the recovery code has a typing mistake in group 13 of 13")
    return (bits >> 4).to_bytes(32, "big")


def open_slot(header, slot, owner_key):
    """From what a slot's owner has to the vault key."""
    place = header["vaultId"] + bytes([slot["id"]])
    slot_key = blake2b(b"rondo.kek." + slot["type"].encode() + place, owner_key)
    check(blake2b(b"rondo.key-check" + place, slot_key) == slot["keyCheck"], f"the {slot['type']} is wrong")
    associated = b"slot" + place + bytes([slot["typeNumber"]]) + slot["parameters"]
    return open_aead(slot["wrappedKey"], associated, slot["nonce"], slot_key, "the vault key")


def open_aead(sealed, associated, nonce, key, what):
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, associated, nonce, key)
    except CryptoError:
        raise Unreadable(f"{what} does not open: it was changed, or belongs elsewhere") from None


def subkey(vault_key, number):
    return blake2b(b"", vault_key, salt=struct.pack("<Q", number) + bytes(8), person=b"RondoVlt" + bytes(8))


# The vault


def parse_header(encoded):
    check(len(encoded) > 43 and blake2b(encoded[:-32]) == encoded[-32:], "the checksum of the header does not fit")
    reader = Reader(encoded[:-32])
    check(reader.take(8) == b"RONDOHDR" and reader.number(1) == 1, "the header is not one of version 1")
    check(reader.number(2) == len(encoded) - 43, "the length of the header does not fit")
    header = {"vaultId": reader.take(16), "epoch": reader.number(4), "counter": reader.number(4), "slots": []}
    for _ in range(reader.number(1)):
        slot = {"id": reader.number(1), "typeNumber": reader.number(1)}
        slot["type"] = SLOT_TYPES.get(slot["typeNumber"], "unknown")
        slot["parameters"] = reader.take(reader.number(2))
        slot.update(keyCheck=reader.take(32), nonce=reader.take(24), wrappedKey=reader.take(48))
        header["slots"].append(slot)
    check(reader.at_end(), "something follows the header")
    return header, blake2b(encoded)


def choose_header(database, vault_path):
    """Of the two in the database the one with the higher counter; the file beside it only if both are bad."""
    good, problems = [], []
    for table in ("header_a", "header_b"):
        try:
            good.append(parse_header(database.execute(f"SELECT header FROM {table}").fetchone()[0]))
        except (Unreadable, sqlite3.Error, TypeError) as problem:
            problems.append(f"{table}: {problem}")
    if not good and os.path.exists(vault_path + ".header"):
        with open(vault_path + ".header", "rb") as file:
            good.append(parse_header(file.read()))
    check(good, "no copy of the header is good: " + "; ".join(problems))
    return max(good, key=lambda one: one[0]["counter"])


class Vault:
    def __init__(self, header, vault_key):
        self.vault_id, self.epoch = header["vaultId"], header["epoch"]
        self.keys = {name: subkey(vault_key, number) for name, number in SUBKEYS.items()}

    def open_blob(self, kind, row_id, blob):
        """The sequence number of the transaction that sealed it, and the content."""
        head = b"RNDO" + bytes([KINDS[kind], 1]) + struct.pack(">I", self.epoch) + row_id
        what = f"{kind} {row_id.hex()}"
        check(blob[:26] == head, f"{what} is not in its place")
        padded = open_aead(blob[50:], self.vault_id + head, blob[26:50], self.keys[kind], what)
        content = padded.rstrip(b"\0")
        check(content[-1:] == b"\x80" and len(content) > 8, f"the padding of {what} is none")
        return int.from_bytes(padded[:8], "big"), content[8:-1]

    def element(self, table, row_id, blobs):
        """What a row adds to the set hash."""
        start = bytes([table]) + row_id + struct.pack(">I", len(blobs[0])) + self.vault_id
        return blake2b(start + b"".join(blobs), self.keys["set-hash"])


def read_vault(database, vault_path, open_owner):
    header, header_hash = choose_header(database, vault_path)
    vault = Vault(header, open_owner(header))
    zero = bytes(16)
    sequence, manifest = vault.open_blob("manifest", zero, database.execute("SELECT manifest FROM manifest").fetchone()[0])
    told = Reader(manifest)
    check(told.number(1) == 1, "the manifest is not one of version 1")
    record_count, journal_count, set_hash = told.number(4), told.number(4), told.take(32)
    log_count, log_head, told_header_hash = told.number(4), told.take(32), told.take(32)

    found_hash = bytes(32)
    records, journal = [], []
    for row_id, meta, secret in database.execute("SELECT id, meta, secret FROM record ORDER BY id"):
        row = json.loads(vault.open_blob("meta", row_id, meta)[1])
        value = vault.open_blob("secret", row_id, secret)[1]
        element = vault.element(1, row_id, [meta, secret])
        found_hash = bytes(a ^ b for a, b in zip(found_hash, element))
        about = {"id": row_id.hex(), "kind": row["kind"], "revision": row.get("revision", 0), "meta": row["meta"]}
        records.append((about, value or None))
    for row_id, blob in database.execute("SELECT id, row FROM journal ORDER BY id"):
        found_hash = bytes(a ^ b for a, b in zip(found_hash, vault.element(2, row_id, [blob])))
        journal.append({"id": row_id.hex(), "row": json.loads(vault.open_blob("journal", row_id, blob)[1])})
    check((len(records), len(journal)) == (record_count, journal_count), "rows are missing or added")
    check(found_hash == set_hash, "rows are older or newer than the manifest says")
    check(header_hash == told_header_hash, "the header is not the one that the manifest knows")

    log, head = [], zero + zero
    for number, entry in database.execute("SELECT number, entry FROM log ORDER BY number"):
        content = vault.open_blob("log", struct.pack(">QQ", 0, number), entry)[1]
        check(number == len(log) + 1 and content[:32] == head, f"the log is broken before its entry {number}")
        head = blake2b(head + struct.pack(">Q", number) + content[32:], vault.keys["log"])
        log.append(dict(json.loads(content[32:]), hash=head.hex()))
    check((len(log), head) == (log_count, log_head), "the end of the log is missing")
    about = {"vaultId": vault.vault_id.hex(), "epoch": vault.epoch, "sequence": sequence}
    mark = read_mark(vault, vault_path + ".mark")
    return about, records, {"journal": journal, "log": log, **mark}


def read_mark(vault, path):
    """The sequence numbers that were seen. Without a mark, as beside a copy, there is nothing to tell."""
    if not os.path.isfile(path):
        return {}
    with open(path, "rb") as file:
        highest, content = vault.open_blob("mark", bytes(16), file.read())
    told = Reader(content)
    check(told.number(1) == 1, "the mark is not one of version 1")
    # Marks of earlier versions end here.
    latest = {} if told.at_end() else {"latest": told.number(8)}
    return {"mark": {"highest": highest, **latest}}


def open_vault(path, arguments):
    vault_path = os.path.join(path, "vault.rondo") if os.path.isdir(path) else path
    check(os.path.isfile(vault_path), "there is no vault")

    def open_owner(header):
        wanted = "password" if arguments.password_file else "recovery"
        slot = next((slot for slot in header["slots"] if slot["type"] == wanted), None)
        check(slot, f"the vault has no {wanted}")
        if wanted == "password":
            return open_slot(header, slot, derive_key(first_line(arguments.password_file), slot["parameters"]))
        return open_slot(header, slot, decode_recovery_code(first_line(arguments.recovery_code_file)))

    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            if os.path.exists(vault_path + suffix):
                shutil.copyfile(vault_path + suffix, os.path.join(folder, "copy" + suffix))
        database = sqlite3.connect(os.path.join(folder, "copy"))
        try:
            database.execute("PRAGMA trusted_schema = OFF")
            check(database.execute("PRAGMA application_id").fetchone()[0] == 0x524F4E44, "the file is not a vault")
            check(database.execute("PRAGMA user_version").fetchone()[0] == 1, "the vault has another format than 1")
            return read_vault(database, vault_path, open_owner)
        finally:
            database.close()


# The export


def open_export(path, arguments):
    check(arguments.password_file, "an export opens with its password only")
    with open(path, "rb") as file:
        sealed = file.read()
    check(sealed[:8] == b"RONDOEXP", "the file is not an export")
    check(sealed[8:9] == b"\x01", "the export has another version than 1")
    header, pieces = sealed[:126], Reader(sealed[126:])
    check(len(header) == 126, "the export is cut short")
    check(blake2b(header[:94]) == header[94:], "the header of the export was changed")
    basis, key_check = header[:62], header[62:94]
    length = int.from_bytes(header[34:38], "big")
    count = -(-length // 65536)
    check(len(sealed) >= 126 + length + 21 * count, "the export is cut short")
    check(len(sealed) == 126 + length + 21 * count, "something follows the export")

    derived = derive_key(first_line(arguments.password_file), header[9:34])
    check(blake2b(b"rondo.export.check" + basis, derived) == key_check, "the password is wrong")
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    stream_key = blake2b(b"rondo.export.stream" + basis, derived)
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header[38:62], stream_key)
    content = b""
    for number in range(count):
        check(pieces.number(4) == number, "the pieces of the export are not in their order")
        message = pieces.take(min(65536, length - len(content)) + 17)
        associated = header + struct.pack(">I", number)
        try:
            text, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, message, associated)
        except (CryptoError, RuntimeError):
            raise Unreadable(f"piece {number + 1} of the export was changed") from None
        check(tag == (3 if number == count - 1 else 0), f"piece {number + 1} of the export has a tag of another place")
        content += text

    reader = Reader(content)
    document = json.loads(reader.take(reader.number(4)))
    check((document.pop("format"), document.pop("version")) == ("rondo-export", 1), "what is inside is no export")
    records = []
    for record in document.pop("records"):
        size = record.pop("valueBytes", 0)
        records.append((record, reader.take(size) if size else None))
    check(reader.at_end(), "something follows the values")
    return document, records, {}


# The program


def first_line(path):
    """Without its line end, as Rondo takes it."""
    with open(path, "rb") as file:
        line = file.readline()
    if line.endswith(b"\n"):
        line = line[:-1]
        line = line[:-1] if line.endswith(b"\r") else line
    return line


def shown(record, value, with_values):
    if not with_values:
        return {**record, "hasValue": value is not None}
    return record if value is None else {**record, "value": value.decode("utf-8", "backslashreplace")}


def main():
    parser = argparse.ArgumentParser(description="Reads a Rondo vault or export without Rondo.")
    parser.add_argument("what", choices=["vault", "export"])
    parser.add_argument("path")
    secret = parser.add_mutually_exclusive_group(required=True)
    secret.add_argument("--password-file")
    secret.add_argument("--recovery-code-file")
    parser.add_argument("--values", action="store_true", help="print the values as well")
    arguments = parser.parse_args()
    try:
        opening = open_vault if arguments.what == "vault" else open_export
        about, records, more = opening(arguments.path, arguments)
    except (Unreadable, OSError, sqlite3.Error, ValueError) as problem:
        sys.exit(f"read_vault: {problem}")
    listed = [shown(record, value, arguments.values) for record, value in records]
    json.dump({**about, "records": listed, **more}, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
