package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.UrlTask;
import io.jarvix.contracts.Wire;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// The real ledger on a real database does what the [LedgerModel] says, after each of any sequence
// of events, and
/// ends with every line in one terminal state.
class LedgerStateMachineTest {

    private static final GatewayConfig CONFIG =
            Configs.gateway(
                    Map.of(
                            "jarvix.gateway.dispatch.max-outstanding", "6",
                            "jarvix.gateway.dispatch.max-outstanding-per-host", "3",
                            "jarvix.gateway.dispatch.lease", "60S",
                            "jarvix.gateway.limits.run-deadline", "1000H"));

    private static final class Crash extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void theLedgerDoesWhatTheModelSays(
            @ForAll("events") List<LedgerEvent> events, @ForAll("seeds") List<String> seeds)
            throws Exception {
        Machine machine = new Machine(seeds);
        for (LedgerEvent event : events) {
            machine.apply(event);
            machine.compare();
        }
        machine.comesToItsEnd();
    }

    @Provide
    Arbitrary<List<LedgerEvent>> events() {
        return LedgerEvent.sequences(25);
    }

    @Provide
    Arbitrary<List<String>> seeds() {
        return Arbitraries.of(
                        "https://a.example/1",
                        "https://a.example/2",
                        "https://a.example/fail",
                        "https://a.example/4",
                        "https://b.example/block",
                        "https://b.example/score-90",
                        "https://c.example/",
                        "no url")
                .list()
                .ofMinSize(1)
                .ofMaxSize(14);
    }

    private static final class Machine {

        private final SetClock clock = new SetClock();
        private final LedgerDatabase database = LedgerDatabase.empty();
        private final LedgerSweep sweep = new LedgerSweep(CONFIG.dispatch().leaseRenewals());
        private final ResultLedger results = new ResultLedger();
        private final List<UrlTask> published = new ArrayList<>();
        private final UUID run;
        private final LedgerModel model;
        private Dispatcher dispatcher = dispatcher(false);
        private Dispatcher crashing = dispatcher(true);

        Machine(List<String> seeds) throws Exception {
            Intake intake = new Intake(database.transactions, CONFIG.limits(), clock);
            byte[] text = String.join("\n", seeds).getBytes(StandardCharsets.UTF_8);
            run =
                    intake.submitText(
                                    new ByteArrayInputStream(text),
                                    new SeedReader.Head("run", RunOptions.NONE),
                                    new Intake.Sender(null, null))
                            .run();
            model = new LedgerModel(database.states(run), CONFIG.dispatch().leaseRenewals());
            assertSubmitted(seeds);
        }

        private void assertSubmitted(List<String> seeds) {
            List<Integer> firsts =
                    IntStream.range(0, seeds.size())
                            .filter(
                                    i ->
                                            !seeds.get(i).equals("no url")
                                                    && seeds.indexOf(seeds.get(i)) == i)
                            .mapToObj(i -> i + 1)
                            .toList();
            assertThat(model.in(LineState.PENDING)).isEqualTo(firsts);
            assertThat(model.in(LineState.INVALID))
                    .hasSize((int) seeds.stream().filter("no url"::equals).count());
        }

        private Dispatcher dispatcher(boolean crashes) {
            return new Dispatcher(
                    database.transactions,
                    tasks -> publish(tasks, crashes),
                    clock,
                    CONFIG.dispatch(),
                    new HostPace(3, 6, Duration.ofSeconds(4)));
        }

        private void publish(List<Dispatcher.Task> tasks, boolean crashes)
                throws UnreadableMessageException, Crash {
            Instant leaseEnd = clock.instant().plusSeconds(60);
            for (Dispatcher.Task task : tasks) {
                UrlTask url = Wire.read(task.message(), UrlTask.class);
                published.add(url);
                assertThat(url.lease().number()).isEqualTo(model.leases(url.ordinal()) + 1);
                if (!crashes) {
                    model.dispatched(url.ordinal(), leaseEnd);
                }
            }
            if (crashes) {
                throw new Crash();
            }
        }

        void apply(LedgerEvent event) throws Exception {
            switch (event) {
                case LedgerEvent.Dispatch _ -> dispatch();
                case LedgerEvent.DispatchAndCrash _ -> dispatchAndCrash();
                case LedgerEvent.Deliver deliver -> deliver(deliver.messages());
                case LedgerEvent.DeliverAndCrash deliver -> deliverAndCrash(deliver.messages());
                case LedgerEvent.Pass pass -> pass(Duration.ofSeconds(pass.seconds()));
                case LedgerEvent.Cancel _ -> {
                    database.transactions.run(
                            connection ->
                                    sweep.end(
                                            connection, run, RunState.CANCELLED, clock.instant()));
                    model.end(LineState.CANCELLED);
                }
                case LedgerEvent.Deadline _ -> {
                    database.transactions.run(
                            connection ->
                                    sweep.end(connection, run, RunState.EXPIRED, clock.instant()));
                    model.end(LineState.EXPIRED);
                }
                case LedgerEvent.Restart _ -> {
                    dispatcher = dispatcher(false);
                    crashing = dispatcher(true);
                }
            }
        }

        private void dispatch() throws Exception {
            int waiting = model.in(LineState.PENDING).size();
            int outstanding = model.in(LineState.DISPATCHED).size();
            int dispatched = dispatcher.dispatch();
            assertThat(outstanding + dispatched).isLessThanOrEqualTo(6);
            assertThat(waiting == 0 || outstanding > 0 || dispatched > 0)
                    .as("an idle suite with work gets some")
                    .isTrue();
        }

        private void dispatchAndCrash() throws Exception {
            try {
                crashing.dispatch();
            } catch (Crash e) {
                // The transaction is gone, the messages are not.
            }
        }

        private void deliver(List<Integer> messages) throws Exception {
            List<PageScore> batch = batch(messages);
            if (batch.isEmpty()) {
                return;
            }
            database.transactions.run(
                    connection -> results.apply(connection, batch, clock.instant()));
            batch.forEach(
                    page -> model.result(page.ordinal(), ResultLedger.stateOf(page.result())));
        }

        private void deliverAndCrash(List<Integer> messages) throws Exception {
            List<PageScore> batch = batch(messages);
            if (batch.isEmpty()) {
                return;
            }
            try {
                database.transactions.<Void>run(
                        connection -> {
                            results.apply(connection, batch, clock.instant());
                            throw new Crash();
                        });
            } catch (Crash e) {
                // The batch is delivered again or lost.
            }
        }

        private List<PageScore> batch(List<Integer> messages) {
            return published.isEmpty()
                    ? List.of()
                    : messages.stream()
                            .map(message -> Pages.of(published.get(message % published.size())))
                            .toList();
        }

        private void pass(Duration time) throws Exception {
            clock.advance(time);
            database.transactions.run(
                    connection -> sweep.expireLeases(connection, clock.instant()));
            model.expireLeases(clock.instant());
        }

        /// Row by row, counter by counter.
        void compare() throws SQLException {
            assertThat(database.states(run)).isEqualTo(model.states());
            for (Map.Entry<LineState, Integer> count : model.counts().entrySet()) {
                assertThat(database.runColumn(run, count.getKey().column()))
                        .as(count.getKey().column())
                        .isEqualTo(Integer.toString(count.getValue()));
            }
            assertThat(database.runColumn(run, "end_state")).isEqualTo(model.endState());
        }

        /// All messages are lost from now on: the leases alone end the run.
        void comesToItsEnd() throws Exception {
            for (int i = 0; i < 40 && model.open() > 0; i++) {
                dispatch();
                pass(Duration.ofSeconds(60));
            }
            compare();
            assertThat(model.open()).isZero();
            assertThat(database.runColumn(run, "state")).isEqualTo("REPORTING");
        }
    }
}
