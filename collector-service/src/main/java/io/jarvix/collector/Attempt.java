package io.jarvix.collector;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.FailureKind;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One request: looks the host's name up, checks every address, connects to a checked one and takes
/// the answer, all within one deadline. The name is not looked up again between check and connect.
final class Attempt {

    private final Vertx vertx;
    private final HttpClients clients;
    private final AddressLookup lookup;
    private final Map<String, InetAddress> staticHosts;
    private final AddressGuard guard;
    private final BodyPlaces places;
    private final CollectorConfig config;
    private final Cache<String, List<InetAddress>> known =
            Caffeine.newBuilder()
                    .maximumSize(20_000)
                    .expireAfterWrite(Duration.ofSeconds(10))
                    .build();

    Attempt(
            Vertx vertx,
            HttpClients clients,
            AddressLookup lookup,
            AddressGuard guard,
            BodyPlaces places,
            CollectorConfig config) {
        this.vertx = vertx;
        this.clients = clients;
        this.lookup = lookup;
        this.guard = guard;
        this.places = places;
        this.config = config;
        this.staticHosts = staticHosts(config.hosts());
    }

    /// What is asked for.
    ///
    /// @param bodyCap bytes of the body that are kept
    /// @param number which attempt this is, from 0: another one tries another of the host's
    ///     addresses
    record Ask(Target target, int bodyCap, int number, String accept) {}

    /// Makes the request; never fails, but with a [Reply] that says so.
    CompletionStage<Reply> make(Ask ask, Runnable onSent) {
        long deadline = System.nanoTime() + config.exchangeDeadline().toNanos();
        CompletableFuture<List<InetAddress>> addresses = addressesOf(ask.target().host());
        if (addresses.isDone() && !addresses.isCompletedExceptionally()) {
            return connect(ask, addresses.join(), deadline, onSent);
        }
        return addresses
                .handle(
                        (found, failure) ->
                                failure == null
                                        ? connect(ask, found, deadline, onSent)
                                        : CompletableFuture.<Reply>completedFuture(
                                                noAddress(ask.target().host(), failure)))
                .thenCompose(reply -> reply);
    }

    private CompletionStage<Reply> connect(
            Ask ask, List<InetAddress> addresses, long deadline, Runnable onSent) {
        String host = ask.target().host();
        Optional<Blocked> objection = guard.objectionTo(host, addresses);
        if (objection.isPresent()) {
            return CompletableFuture.completedFuture(new Reply.Forbidden(objection.get()));
        }
        InetAddress address = addresses.get(ask.number() % addresses.size());
        Exchange exchange =
                new Exchange(
                        vertx,
                        clients,
                        ask.target(),
                        ask.bodyCap(),
                        config.smallBody(),
                        places.place());
        return exchange.send(
                address,
                headers(ask),
                TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()),
                onSent);
    }

    private Map<String, String> headers(Ask ask) {
        Map<String, String> headers = new HashMap<>();
        headers.put("user-agent", config.userAgent());
        headers.put("accept", ask.accept());
        headers.put("accept-encoding", BodyDecoder.ACCEPTED);
        return headers;
    }

    private CompletableFuture<List<InetAddress>> addressesOf(String host) {
        @Nullable InetAddress fixed = staticHosts.get(host);
        if (fixed != null) {
            return CompletableFuture.completedFuture(List.of(fixed));
        }
        byte @Nullable [] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            try {
                return CompletableFuture.completedFuture(
                        List.of(InetAddress.getByAddress(literal)));
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        @Nullable List<InetAddress> remembered = known.getIfPresent(host);
        if (remembered != null) {
            return CompletableFuture.completedFuture(remembered);
        }
        return lookup.addressesOf(host)
                .whenComplete(
                        (found, failure) -> {
                            if (found != null) {
                                known.put(host, found);
                            }
                        })
                .toCompletableFuture()
                .orTimeout(config.exchangeDeadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Reply noAddress(String host, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof AddressLookup.UnknownName unknown) {
            return new Reply.NoAnswer(FailureKind.DNS, String.valueOf(unknown.getMessage()), false);
        }
        return new Reply.NoAnswer(
                FailureKind.DNS, "The look-up of " + host + " failed: " + cause, true);
    }

    private static Map<String, InetAddress> staticHosts(Map<String, String> configured) {
        Map<String, InetAddress> hosts = new HashMap<>();
        configured.forEach(
                (name, address) -> {
                    byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(address);
                    if (bytes == null) {
                        throw new IllegalArgumentException(
                                "jarvix.collector.hosts.\""
                                        + name
                                        + "\" is no address: "
                                        + address);
                    }
                    try {
                        hosts.put(name.toLowerCase(Locale.ROOT), InetAddress.getByAddress(bytes));
                    } catch (UnknownHostException e) {
                        throw new IllegalArgumentException(address, e);
                    }
                });
        return hosts;
    }
}
