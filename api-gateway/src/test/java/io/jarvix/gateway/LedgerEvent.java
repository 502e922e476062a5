package io.jarvix.gateway;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/// What can happen to a run, in any order. Messages are never removed from the model's Kafka: a
/// delivery names any message ever published, so that duplicates, late ones and other orders come
/// by themselves, and a message that no delivery names is lost.
sealed interface LedgerEvent {

    /// A gateway dispatches what there is room for.
    record Dispatch() implements LedgerEvent {}

    /// A gateway publishes, and crashes before it commits.
    record DispatchAndCrash() implements LedgerEvent {}

    /// The results of these messages arrive as one batch.
    record Deliver(List<Integer> messages) implements LedgerEvent {}

    /// As [Deliver], but the gateway crashes before it commits.
    record DeliverAndCrash(List<Integer> messages) implements LedgerEvent {}

    /// Time passes, and the leases are looked at.
    record Pass(int seconds) implements LedgerEvent {}

    /// A person cancels the run.
    record Cancel() implements LedgerEvent {}

    /// The run's deadline comes.
    record Deadline() implements LedgerEvent {}

    /// All gateways stop, and start with nothing but what is in the database.
    record Restart() implements LedgerEvent {}

    static Arbitrary<List<LedgerEvent>> sequences(int longest) {
        Arbitrary<List<Integer>> messages =
                Arbitraries.integers().between(0, 200).list().ofMinSize(1).ofMaxSize(6);
        Arbitrary<LedgerEvent> event =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(new Dispatch())),
                        Tuple.of(2, Arbitraries.just(new DispatchAndCrash())),
                        Tuple.of(6, messages.map(Deliver::new)),
                        Tuple.of(2, messages.map(DeliverAndCrash::new)),
                        Tuple.of(4, Arbitraries.integers().between(1, 90).map(Pass::new)),
                        Tuple.of(1, Arbitraries.just(new Cancel())),
                        Tuple.of(1, Arbitraries.just(new Deadline())),
                        Tuple.of(1, Arbitraries.just(new Restart())));
        return event.list().ofMaxSize(longest);
    }
}
