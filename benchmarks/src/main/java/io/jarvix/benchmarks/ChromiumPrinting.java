package io.jarvix.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What the PDF service replaced: Chromium that prints a page of HTML, in the old way and in the
/// best way. Only where Chromium is installed.
final class ChromiumPrinting implements Case {

    @Override
    public String name() {
        return "chromium";
    }

    @Override
    public String about() {
        return "a one-page report printed by Chromium, for comparison; only where it is installed";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Optional<Path> browser = Chromium.installed();
        if (browser.isEmpty() || bench.quick()) {
            return;
        }
        Report.Table table =
                bench.report()
                        .table(
                                "PDF by Chromium",
                                "A one-page report (heading, four figures, ten rows), to be compared with the one page"
                                        + " of the PDF service. Old design: ten browsers, a new page for each report.",
                                "way",
                                "PDFs",
                                "PDFs/s",
                                "memory of all browsers",
                                "load");
        measure(bench, table, browser.get(), "10 browsers, a new page each", 10, false, 60);
        measure(bench, table, browser.get(), "2 browsers, pages reused", 2, true, 200);
    }

    private static void measure(
            Bench bench,
            Report.Table table,
            Path path,
            String label,
            int browsers,
            boolean reuse,
            int count)
            throws Exception {
        String load = Machine.loadNow();
        List<Chromium> started = new ArrayList<>();
        try {
            for (int i = 0; i < browsers; i++) {
                started.add(Chromium.start(path, bench, i));
            }
            print(started, reuse, 2 * browsers);
            ManagedProcess[] processes =
                    started.stream().map(Chromium::process).toArray(ManagedProcess[]::new);
            try (Meter meter = Meter.start(processes)) {
                long begin = System.nanoTime();
                int good = print(started, reuse, count);
                double seconds = (System.nanoTime() - begin) / 1e9;
                Meter.Measured used = meter.stop();
                table.row(
                        new Accounting(count, good, good),
                        label,
                        count,
                        Figures.one(count / seconds),
                        Figures.megabytes(used.peakTogether()),
                        load);
            }
        } finally {
            for (Chromium browser : started) {
                browser.close();
            }
        }
    }

    /// Each browser prints its share.
    ///
    /// @return how many PDFs came
    private static int print(List<Chromium> browsers, boolean reuse, int count) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(browsers.size())) {
            List<Future<Integer>> shares = new ArrayList<>();
            for (Chromium browser : browsers) {
                shares.add(threads.submit(() -> share(browser, reuse, count / browsers.size())));
            }
            int good = 0;
            for (Future<Integer> share : shares) {
                good += share.get();
            }
            return good;
        }
    }

    private static int share(Chromium browser, boolean reuse, int count)
            throws IOException, InterruptedException {
        int good = 0;
        if (reuse) {
            try (Chromium.Page page = browser.open()) {
                for (int i = 0; i < count; i++) {
                    good += isPdf(page.pdf(html(i))) ? 1 : 0;
                }
            }
        } else {
            for (int i = 0; i < count; i++) {
                try (Chromium.Page page = browser.open()) {
                    good += isPdf(page.pdf(html(i))) ? 1 : 0;
                }
            }
        }
        return good;
    }

    private static boolean isPdf(byte[] pdf) {
        return new String(pdf, 0, Math.min(4, pdf.length), StandardCharsets.ISO_8859_1)
                .equals("%PDF");
    }

    private static String html(int number) {
        Text text = new Text(Language.EN, new SplittableRandom(number));
        StringBuilder html =
                new StringBuilder(
                        """
                        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report</title><style>
                        @page{size:A4;margin:18mm} body{font:11pt sans-serif} h1{color:#123}
                        .f{display:inline-block;width:22%;border:1px solid #ccc;padding:8px} table{width:100%;border-collapse:collapse}
                        td,th{border-bottom:1px solid #ccc;padding:4px;text-align:left}</style></head><body><h1>Market report</h1>
                        """);
        for (String figure : List.of("URLs", "Mean score", "Buy", "Failed")) {
            html.append("<div class=f>")
                    .append(figure)
                    .append("<br><b>")
                    .append(text.number(1000))
                    .append("</b></div>");
        }
        html.append("<table><tr><th>Rank<th>Title<th>URL<th>Score<th>Why</tr>");
        for (int i = 1; i <= 10; i++) {
            html.append("<tr><td>")
                    .append(i)
                    .append("<td>")
                    .append(text.title(4))
                    .append("<td>https://www.example.com/")
                    .append(text.hex(8))
                    .append("<td>")
                    .append(text.number(100))
                    .append("<td>")
                    .append(text.sentence())
                    .append("</tr>");
        }
        return html.append("</table></body></html>").toString();
    }
}
