package io.jarvix.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.Wire;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SameBytesTest {

    @Test
    void theSameRequestGivesTheSameBytesFromAnotherRendererAndAfterTheWire() throws Exception {
        ReportRequest request = Requests.titled(Variety.ALL_SCRIPTS);
        ReportRenderer used = new ReportRenderer(1);
        byte[] first = used.render(request).pdf();
        used.render(Requests.of(40, "es"));

        byte[] again = used.render(request).pdf();
        byte[] elsewhere =
                new ReportRenderer(1)
                        .render(Wire.read(Wire.write(request), ReportRequest.class))
                        .pdf();

        assertThat(again).isEqualTo(first);
        assertThat(elsewhere).isEqualTo(first);
    }

    @Test
    void anotherRequestGivesOtherBytes() throws Exception {
        ReportRenderer renderer = new ReportRenderer(1);

        assertThat(renderer.render(Requests.titled("one")).pdf())
                .isNotEqualTo(renderer.render(Requests.titled("two")).pdf());
    }

    @Test
    void aHundredRequestsInParallelGiveAHundredReports() throws Exception {
        ReportRenderer renderer = new ReportRenderer(3);
        List<ReportRequest> requests = new ArrayList<>();
        Set<String> alone = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            requests.add(Requests.titled(Variety.ALL_SCRIPTS.substring(3 * i)));
            alone.add(hash(renderer.render(requests.get(i)).pdf()));
        }

        List<Callable<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ReportRequest request = requests.get(i % requests.size());
            tasks.add(() -> hash(renderer.render(request).pdf()));
        }
        List<String> hashes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> future : threads.invokeAll(tasks)) {
                hashes.add(future.get());
            }
        }

        assertThat(alone).hasSize(5);
        assertThat(hashes).hasSize(100).allMatch(alone::contains);
        assertThat(new HashSet<>(hashes)).isEqualTo(alone);
        assertThat(renderer.freePresses()).isEqualTo(3);
    }

    private static String hash(byte[] pdf) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pdf));
    }
}
