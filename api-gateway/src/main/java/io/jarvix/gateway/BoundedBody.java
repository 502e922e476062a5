package io.jarvix.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body whose length nobody told, up to a limit.
final class BoundedBody extends FilterInputStream {

    private final long limit;
    private long read;

    BoundedBody(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    /// @throws Problem 413 where the body goes on beyond the limit
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(count);
        return count;
    }

    /// @throws Problem as the other
    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    private void count(int count) {
        read += Math.max(0, count);
        if (read > limit) {
            throw Problem.bodyTooLarge(limit);
        }
    }
}
