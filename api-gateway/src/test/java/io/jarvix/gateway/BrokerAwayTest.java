package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// While the broker is away, lines are neither leased nor locked: a person can still cancel.
class BrokerAwayTest {

    private final LedgerDatabase database = LedgerDatabase.empty();
    private final SetClock clock = new SetClock();
    private final GatewayConfig config = Configs.gateway(Map.of());
    private final SwitchedPublisher publisher = new SwitchedPublisher();
    private final Dispatcher dispatcher =
            new Dispatcher(
                    database.transactions,
                    publisher,
                    clock,
                    config.dispatch(),
                    new HostPace(16, 400, Duration.ofSeconds(4)));

    private static final class SwitchedPublisher implements Dispatcher.Publisher {

        private final List<Dispatcher.Task> published = new ArrayList<>();
        private boolean away;
        private int probes;
        private int attempts;

        @Override
        public void publish(List<Dispatcher.Task> tasks) throws IOException {
            attempts++;
            if (away) {
                throw new IOException("away");
            }
            published.addAll(tasks);
        }

        @Override
        public void probe() throws IOException {
            probes++;
            if (away) {
                throw new IOException("away");
            }
        }
    }

    @Test
    void linesAreNotLeasedUntilTheBrokerAnswersAgain() throws Exception {
        UUID run = submit("https://a.example/1\nhttps://a.example/2");
        publisher.away = true;

        assertThatThrownBy(dispatcher::dispatch).isInstanceOf(IOException.class);

        assertThat(publisher.attempts).isZero();
        assertThat(database.states(run).values()).containsOnly(LineState.PENDING);
        publisher.away = false;
        assertThat(dispatcher.dispatch()).isEqualTo(2);
        assertThat(publisher.published).hasSize(2);
        assertThat(database.states(run).values()).containsOnly(LineState.DISPATCHED);
    }

    @Test
    void aBrokerThatTookTasksJustNowIsNotAsked() throws Exception {
        submit("https://a.example/1");
        dispatcher.dispatch();
        submit("https://b.example/1");
        dispatcher.dispatch();
        clock.advance(Duration.ofSeconds(2));
        submit("https://c.example/1");
        dispatcher.dispatch();

        assertThat(publisher.attempts).isEqualTo(3);
        assertThat(publisher.probes).isEqualTo(2);
    }

    private UUID submit(String lines) throws Exception {
        return new Intake(database.transactions, config.limits(), clock)
                .submitText(
                        new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                        new SeedReader.Head("away", RunOptions.NONE),
                        new Intake.Sender(null, null))
                .run();
    }
}
