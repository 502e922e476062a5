package io.jarvix.benchmarks;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.ParsedUrl;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import java.util.Arrays;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What every URL goes through on its way: normalisation, and the wire form of its page.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
public class ContractsLoops {

    private static final int PAGES = 256;

    private final String[] urls = new String[PAGES];
    private final byte[][] bodies = new byte[PAGES][];
    private final byte[][] frames = new byte[PAGES][];
    private final byte[][] headers = new byte[PAGES][];
    private int next;

    @Setup
    public void pages() throws UnreadableMessageException {
        Records records = new Records(Bench.CLEAN);
        for (int i = 0; i < PAGES; i++) {
            urls[i] = Bench.CLEAN.urlOf(i, 8000);
            bodies[i] = records.body(i);
            frames[i] = CompressedBody.compress(bodies[i]);
            headers[i] = Wire.write(records.record(new UUID(1, 2), i + 1, i, bodies[i].length));
            if (!Arrays.equals(CompressedBody.open(frames[i], bodies[i].length), bodies[i])) {
                throw new IllegalStateException("not the same body: " + i);
            }
        }
    }

    @Benchmark
    public ParsedUrl normalisation() {
        return CanonicalUrl.parse(urls[advance()]);
    }

    @Benchmark
    public byte[] compression() {
        return CompressedBody.compress(bodies[advance()]);
    }

    @Benchmark
    public byte[] opening() throws UnreadableMessageException {
        int page = advance();
        return CompressedBody.open(frames[page], bodies[page].length);
    }

    @Benchmark
    public RawRecord recordReading() throws UnreadableMessageException {
        return Wire.read(headers[advance()], RawRecord.class);
    }

    private int advance() {
        next = (next + 1) % PAGES;
        return next;
    }
}
