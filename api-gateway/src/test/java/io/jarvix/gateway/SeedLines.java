package io.jarvix.gateway;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A seed list of any length that is made as it is read.
final class SeedLines extends InputStream {

    private final int lines;
    private final int hosts;
    private final String query;
    private int next = 1;
    private byte[] line = new byte[0];
    private int position;

    SeedLines(int lines, int hosts) {
        this(lines, hosts, "");
    }

    /// @param query ends each URL, to make it longer
    SeedLines(int lines, int hosts, String query) {
        this.lines = lines;
        this.hosts = hosts;
        this.query = query;
    }

    @Override
    public int read() {
        return fill() ? line[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, line.length - position);
        System.arraycopy(line, position, buffer, offset, count);
        position += count;
        return count;
    }

    private boolean fill() {
        if (position < line.length) {
            return true;
        }
        if (next > lines) {
            return false;
        }
        line =
                "https://host-%d.example/products/item-%d/score-%d%s%n"
                        .formatted(next % hosts, next, next % 101, query)
                        .getBytes(StandardCharsets.UTF_8);
        position = 0;
        next++;
        return true;
    }
}
