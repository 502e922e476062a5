package io.jarvix.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A body that stops in its middle until it is told to go on.
final class PausingLines extends FilterInputStream {

    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private int bytesBeforePause;

    PausingLines(InputStream lines, int bytesBeforePause) {
        super(lines);
        this.bytesBeforePause = bytesBeforePause;
    }

    void awaitPause() throws InterruptedException {
        if (!paused.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nobody has read so far");
        }
    }

    void goOn() {
        goOn.countDown();
    }

    @Override
    public void close() throws IOException {
        goOn();
        super.close();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (bytesBeforePause <= 0) {
            pause();
        }
        int count = super.read(buffer, offset, length);
        bytesBeforePause -= count;
        return count;
    }

    private void pause() throws IOException {
        paused.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it pauses");
        }
    }
}
