package io.jarvix.collector;

import io.jarvix.contracts.FailureKind;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One request and its answer over a connection to an address that was checked. It ends within the
/// deadline, always with exactly one [Reply], and holds no thread. Thread rule: started on an event
/// loop's context and confined to it.
final class Exchange {

    private final Vertx vertx;
    private final HttpClients clients;
    private final Target target;
    private final int cap;
    private final int smallBody;
    private final BodyPlaces.Place place;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    private @Nullable HttpClientRequest request;
    private byte[] body = new byte[0];
    private int length;
    private long timer;

    /// @param cap bytes of the body that are kept
    /// @param smallBody bytes that may be received without a large place
    Exchange(
            Vertx vertx,
            HttpClients clients,
            Target target,
            int cap,
            int smallBody,
            BodyPlaces.Place place) {
        this.vertx = vertx;
        this.clients = clients;
        this.target = target;
        this.cap = cap;
        this.smallBody = smallBody;
        this.place = place;
    }

    /// Sends the request.
    ///
    /// @param onSent is run when the connection stands and the request goes out
    CompletableFuture<Reply> send(
            InetAddress address,
            Map<String, String> headers,
            long deadlineMillis,
            Runnable onSent) {
        timer =
                vertx.setTimer(
                        Math.max(1, deadlineMillis),
                        fired ->
                                fail(
                                        new Reply.NoAnswer(
                                                FailureKind.TIMEOUT,
                                                "The answer did not end within its deadline.",
                                                true)));
        clients.of(target)
                .request(options(address, headers))
                .onSuccess(
                        made -> {
                            if (reply.isDone()) {
                                made.reset();
                                return;
                            }
                            request = made;
                            onSent.run();
                            made.exceptionHandler(this::broken);
                            made.response().onSuccess(this::receive).onFailure(this::broken);
                            made.send().onFailure(this::broken);
                        })
                .onFailure(cause -> fail(FailuresOfHttp.beforeTheRequest(cause, target, address)));
        return reply;
    }

    private RequestOptions options(InetAddress address, Map<String, String> headers) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(target.host())
                        .setPort(target.port())
                        .setSsl(target.tls())
                        .setURI(target.path())
                        .setServer(
                                SocketAddress.inetSocketAddress(
                                        new InetSocketAddress(address, target.port())));
        headers.forEach(options::putHeader);
        if (target.host().indexOf(':') >= 0) {
            options.putHeader("host", target.authority());
        }
        return options;
    }

    private void receive(HttpClientResponse response) {
        if (reply.isDone()) {
            return;
        }
        response.exceptionHandler(this::broken);
        response.handler(chunk -> append(response, chunk));
        response.endHandler(
                end -> {
                    if (reply.isDone()) {
                        return;
                    }
                    clients.release(response.request().connection());
                    complete(response, false);
                });
        long announced = announcedLength(response);
        if (announced > 0) {
            body = new byte[(int) Math.min(announced, Math.min(cap, smallBody))];
        }
    }

    private void append(HttpClientResponse response, Buffer chunk) {
        if (reply.isDone()) {
            return;
        }
        int kept = Math.min(chunk.length(), cap - length);
        if (length + kept > smallBody && !place.enlarge(() -> resume(response))) {
            response.pause();
        }
        ensure(length + kept);
        chunk.getBytes(0, kept, body, length);
        length += kept;
        if (kept < chunk.length()) {
            complete(response, true);
            response.request().reset();
        }
    }

    private void resume(HttpClientResponse response) {
        vertx.runOnContext(context -> response.resume());
    }

    private void ensure(int wanted) {
        if (wanted > body.length) {
            int grown = Math.max(wanted, Math.max(8 * 1024, body.length * 2));
            body = Arrays.copyOf(body, Math.min(cap, grown));
        }
    }

    private void complete(HttpClientResponse response, boolean cut) {
        byte[] exact = length == body.length ? body : Arrays.copyOf(body, length);
        vertx.cancelTimer(timer);
        reply.complete(
                new Reply.Answer(
                        response.statusCode(), headersOf(response.headers()), exact, cut, place));
    }

    private void broken(Throwable cause) {
        fail(FailuresOfHttp.afterTheRequest(cause));
    }

    private void fail(Reply.NoAnswer failure) {
        vertx.cancelTimer(timer);
        if (reply.complete(failure)) {
            place.giveBack();
            if (request != null) {
                request.reset();
            }
        }
    }

    private static long announcedLength(HttpClientResponse response) {
        @Nullable String announced = response.getHeader("content-length");
        try {
            return announced == null ? -1 : Long.parseLong(announced.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Map<String, List<String>> headersOf(MultiMap headers) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        headers.forEach(
                (name, value) ->
                        byName.computeIfAbsent(
                                        name.toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                                .add(value));
        return byName;
    }
}
