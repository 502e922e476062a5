package io.jarvix.benchmarks;

import io.jarvix.contracts.Wire;
import io.jarvix.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// The pdf service alone, over `POST /reports`, as the gateway asks it for interim reports.
final class Printing implements Case {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "pdf";
    }

    @Override
    public String about() {
        return "pdf-service over HTTP at 1, 2 and 10 at once: PDFs/s; one page, short and full reports";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Report.Table table =
                bench.report()
                        .table(
                                "PDF reports",
                                about()
                                        + ". One page: header, four figures, ten rows, to be compared with Chromium's."
                                        + " Short: cover, charts, ten explained pages, no appendix. Full: that of a"
                                        + " 10,000-URL run with 1,000 rows of appendix. Warm.",
                                "report",
                                "at once",
                                "PDFs",
                                "PDFs/s",
                                "CPU ms/PDF",
                                "kB",
                                "peak RSS",
                                "load");
        int[] concurrencies = bench.quick() ? new int[] {2} : new int[] {1, 2, 10};
        int port = EmbeddedBroker.freePort();
        try (RunningBroker broker = bench.broker();
                ManagedProcess pdf =
                        bench.service(
                                "pdf-service",
                                port,
                                Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()))) {
            URI address = URI.create("http://127.0.0.1:" + port + "/reports");
            byte[] small = Wire.write(ReportRequests.of(200, 10, 0));
            byte[] full = Wire.write(ReportRequests.of(10_000, 10, 1_000));
            URI onePage = URI.create(address + "?form=one-page");
            print(onePage, small, 2, bench.sized(500, 40));
            for (int atOnce : concurrencies) {
                row(table, pdf, "one page", onePage, small, atOnce, bench.sized(1_000, 40));
            }
            print(address, small, 2, bench.sized(300, 20));
            for (int atOnce : concurrencies) {
                row(table, pdf, "short", address, small, atOnce, bench.sized(500, 20));
            }
            print(address, full, 2, bench.sized(20, 1));
            for (int atOnce : concurrencies) {
                row(table, pdf, "full", address, full, atOnce, bench.sized(30, 2));
            }
        }
    }

    private static void row(
            Report.Table table,
            ManagedProcess pdf,
            String label,
            URI address,
            byte[] request,
            int atOnce,
            int count)
            throws IOException, InterruptedException {
        String load = Machine.loadNow();
        try (Meter meter = Meter.start(pdf)) {
            Printed printed = print(address, request, atOnce, count);
            Meter.Measured used = meter.stop();
            table.row(
                    new Accounting(count, printed.answers(), printed.good()),
                    label,
                    atOnce,
                    count,
                    Figures.one(count / printed.seconds()),
                    Figures.one((double) used.of("pdf-service").cpuMillis() / count),
                    Figures.whole(printed.bytes() / 1024.0),
                    Figures.megabytes(used.of("pdf-service").peakBytes()),
                    load);
        }
    }

    /// @param good answers that are a PDF and equal to the first one
    private record Printed(int answers, int good, double seconds, int bytes) {}

    private static Printed print(URI address, byte[] request, int atOnce, int count)
            throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        Semaphore permits = new Semaphore(atOnce);
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger good = new AtomicInteger();
        AtomicInteger bytes = new AtomicInteger();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            permits.acquire();
            var unused =
                    client.sendAsync(post(address, request), BodyHandlers.ofByteArray())
                            .whenComplete(
                                    (response, error) -> {
                                        if (response != null) {
                                            answers.incrementAndGet();
                                            bytes.compareAndSet(0, response.body().length);
                                            if (isPdf(response)
                                                    && response.body().length == bytes.get()) {
                                                good.incrementAndGet();
                                            }
                                        }
                                        permits.release();
                                    });
        }
        permits.acquire(atOnce);
        return new Printed(
                answers.get(), good.get(), (System.nanoTime() - begin) / 1e9, bytes.get());
    }

    private static HttpRequest post(URI address, byte[] request) {
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/pdf")
                .POST(BodyPublishers.ofByteArray(request))
                .build();
    }

    private static boolean isPdf(HttpResponse<byte[]> response) {
        return response.statusCode() == 200
                && new String(response.body(), 0, 4, StandardCharsets.ISO_8859_1).equals("%PDF");
    }
}
