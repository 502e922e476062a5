package io.jarvix.collector;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The name server of the tests: each name has answers that are given one after the other, the last
/// one for ever.
@Singleton
@Alternative
@Priority(1)
class FixedNames implements AddressLookup {

    private final Map<String, Deque<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    @SafeVarargs
    final void answer(String name, List<InetAddress>... inTurn) {
        answers.put(name, new ArrayDeque<>(List.of(inTurn)));
    }

    /// An error is thrown, an exception is the stage's.
    void fail(String name, Throwable failure) {
        failures.put(name, failure);
    }

    int asked(String name) {
        return asked.computeIfAbsent(name, n -> new AtomicInteger()).get();
    }

    @Override
    public CompletionStage<List<InetAddress>> addressesOf(String name) {
        asked.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
        Throwable failure = failures.get(name);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        Deque<List<InetAddress>> left = answers.get(name);
        if (left == null) {
            return CompletableFuture.failedFuture(new UnknownName(name));
        }
        synchronized (left) {
            return CompletableFuture.completedFuture(
                    left.size() > 1 ? left.remove() : left.element());
        }
    }
}
