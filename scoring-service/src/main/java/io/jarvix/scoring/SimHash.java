package io.jarvix.scoring;

import io.jarvix.contracts.Pure;

/// A 64-bit SimHash (Charikar, 2002) of what is added: sets that share most of their members differ
/// in few bits. Not for use by two threads at once.
///
/// A bit's counter says in how many of the added hashes it is set. Eight counters share a `long`, a
/// byte each; they are emptied into wide ones before a byte can overflow.
@Pure
final class SimHash {

    private static final int BYTE_FULL = 255;

    /// Bit i of the index in byte i.
    private static final long[] SPREAD = new long[256];

    static {
        for (int value = 0; value < 256; value++) {
            for (int bit = 0; bit < 8; bit++) {
                SPREAD[value] |= (long) (value >> bit & 1) << (8 * bit);
            }
        }
    }

    private final long[] bytes = new long[8];
    private final int[] counters = new int[64];
    private int pending;
    private int added;

    void clear() {
        java.util.Arrays.fill(bytes, 0);
        java.util.Arrays.fill(counters, 0);
        pending = 0;
        added = 0;
    }

    void add(long hash) {
        for (int i = 0; i < 8; i++) {
            bytes[i] += SPREAD[(int) (hash >>> (8 * i)) & 0xff];
        }
        if (++pending == BYTE_FULL) {
            flush();
        }
    }

    /// Bit i is set where most of the added hashes have it set.
    long value() {
        flush();
        long value = 0;
        for (int bit = 0; bit < 64; bit++) {
            if (counters[bit] * 2L > added) {
                value |= 1L << bit;
            }
        }
        return value;
    }

    private void flush() {
        for (int i = 0; i < 8; i++) {
            for (int bit = 0; bit < 8; bit++) {
                counters[8 * i + bit] += (int) (bytes[i] >>> (8 * bit)) & 0xff;
            }
            bytes[i] = 0;
        }
        added += pending;
        pending = 0;
    }
}
