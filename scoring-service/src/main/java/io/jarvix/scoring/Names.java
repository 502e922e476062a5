package io.jarvix.scoring;

/// Names of elements and attributes as numbers, so that a scanner compares and stores no strings. A
/// name of up to ten characters is packed, six bits each, without regard to case; a longer one is
/// hashed into the negative numbers, where no known name is.
final class Names {

    private static final int PACKED = 10;
    private static final byte[] CODES = new byte[128];

    static {
        String known = "abcdefghijklmnopqrstuvwxyz0123456789-:_.";
        java.util.Arrays.fill(CODES, (byte) 63);
        for (int i = 0; i < known.length(); i++) {
            CODES[known.charAt(i)] = (byte) (i + 1);
            CODES[Character.toUpperCase(known.charAt(i))] = (byte) (i + 1);
        }
    }

    private Names() {}

    static long of(String name) {
        return of(name.toCharArray(), 0, name.length());
    }

    static long of(char[] source, int begin, int end) {
        long key = 0;
        if (end - begin <= PACKED) {
            for (int i = begin; i < end; i++) {
                key = key << 6 | code(source[i]);
            }
            return key;
        }
        for (int i = begin; i < end; i++) {
            key = (key ^ code(source[i])) * 0x100000001b3L;
        }
        return key | Long.MIN_VALUE;
    }

    private static int code(char c) {
        return c < 128 ? CODES[c] : 63;
    }

    /// A map from known names to numbers, -1 for all others. Immutable.
    static final class Table {

        private final long[] keys;
        private final int[] values;

        Table(java.util.Map<String, Integer> entries) {
            int capacity = Integer.highestOneBit(Math.max(8, entries.size() * 4)) * 2;
            keys = new long[capacity];
            values = new int[capacity];
            entries.forEach(this::put);
        }

        int get(long key) {
            int mask = keys.length - 1;
            for (int slot = slot(key, mask); keys[slot] != 0; slot = slot + 1 & mask) {
                if (keys[slot] == key) {
                    return values[slot];
                }
            }
            return -1;
        }

        private void put(String name, int value) {
            long key = of(name);
            int mask = keys.length - 1;
            int slot = slot(key, mask);
            while (keys[slot] != 0) {
                slot = slot + 1 & mask;
            }
            keys[slot] = key;
            values[slot] = value;
        }

        private static int slot(long key, int mask) {
            return (int) (key * 0x9e3779b97f4a7c15L >>> 40) & mask;
        }
    }
}
