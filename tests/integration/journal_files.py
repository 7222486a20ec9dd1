"""Bytes of a journal's files (persistence/README.md), for tests of this folder that change them."""
HEAD_BYTES = 48  # of the identity, of which the checksum is
SEGMENT_BYTES = 128


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def flip(path, at):
    """One bit."""
    with open(path, "r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))


def set_format(path, size, version):
    """As a program of that format would have written it: magic, checksum of what follows it, version."""
    with open(path, "r+b") as file:
        block = bytearray(file.read(size))
        block[12:16] = version.to_bytes(4, "little")
        block[8:12] = crc32c(block[12:]).to_bytes(4, "little")
        file.seek(0)
        file.write(block)
