package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PingTest {

    private static final Duration BRIEFLY = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void aServerThatAnswersHasNoObjection() throws Exception {
        assertThat(new Ping(() -> "yes", LONG).objection()).isNull();
    }

    @Test
    void aServerThatFailsSaysWhy() throws Exception {
        Ping ping =
                new Ping(
                        () -> {
                            throw new IOException("refused");
                        },
                        LONG);

        assertThat(ping.objection()).contains("refused");
    }

    @Test
    void aServerThatHangsIsNotAskedAgainUntilItHasAnswered() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Ping ping =
                new Ping(
                        () -> {
                            asked.incrementAndGet();
                            hang.await();
                            return "at last";
                        },
                        BRIEFLY);

        assertThat(ping.objection()).isEqualTo("no answer within 50 ms");
        assertThat(ping.objection()).isEqualTo("no answer within 50 ms");
        assertThat(asked).hasValue(1);
        hang.countDown();
        await().until(() -> ping.objection() == null);
    }
}
