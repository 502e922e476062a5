package io.jarvix.collector;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Asks the machine's name servers and its hosts file, without a thread that waits. Names are taken
/// as absolute: a search domain never makes an inner host of an outer name.
final class NameServers implements AddressLookup, AutoCloseable {

    private static final int MAX_SECONDS_CACHED = 60;
    private static final int SECONDS_ABSENCE_CACHED = 5;

    private final DnsNameResolver resolver;

    NameServers(EventLoop eventLoop, Duration timeout) {
        this.resolver =
                new DnsNameResolverBuilder(eventLoop)
                        .datagramChannelFactory(NioDatagramChannel::new)
                        .socketChannelFactory(NioSocketChannel::new)
                        .queryTimeoutMillis(timeout.toMillis())
                        .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                        .searchDomains(List.of())
                        .ndots(1)
                        .ttl(0, MAX_SECONDS_CACHED)
                        .negativeTtl(SECONDS_ABSENCE_CACHED)
                        .maxQueriesPerResolve(8)
                        .build();
    }

    @Override
    public CompletionStage<List<InetAddress>> addressesOf(String name) {
        CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
        resolver.resolveAll(name)
                .addListener(
                        (Future<List<InetAddress>> answer) -> {
                            if (answer.isSuccess()) {
                                addresses.complete(inOrderOfPreference(answer.getNow()));
                            } else {
                                addresses.completeExceptionally(failureOf(name, answer.cause()));
                            }
                        });
        return addresses;
    }

    @Override
    public void close() {
        resolver.close();
    }

    /// IPv4 first, and then by number, so that a host keeps its address and its connections.
    static List<InetAddress> inOrderOfPreference(List<InetAddress> addresses) {
        List<InetAddress> ordered = new ArrayList<>(addresses);
        ordered.sort(
                Comparator.comparing((InetAddress address) -> !(address instanceof Inet4Address))
                        .thenComparing(InetAddress::getHostAddress));
        return ordered;
    }

    /// netty says "no such name" and "no answer in time" with one type; the cause tells them apart.
    private static Throwable failureOf(String name, Throwable cause) {
        if (!(cause instanceof UnknownHostException)) {
            return cause;
        }
        for (Throwable inner = cause.getCause(); inner != null; inner = inner.getCause()) {
            if (inner instanceof DnsNameResolverTimeoutException) {
                return inner;
            }
            if (inner instanceof DnsErrorCauseException error && error.getCode().intValue() != 3) {
                return inner;
            }
        }
        return new UnknownName(name);
    }
}
