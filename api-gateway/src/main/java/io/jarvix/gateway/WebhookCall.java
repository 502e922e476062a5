package io.jarvix.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One POST to an address that was checked. It ends within the deadline, follows no redirect, and
/// of the answer it takes the status: what comes after the headers is not kept, and cut after a
/// little. Safe from any thread.
final class WebhookCall implements AutoCloseable {

    private static final int MAX_HEADER = 16 * 1024;
    private static final int MAX_BODY = 64 * 1024;
    private static final long DRAIN_MILLIS = 2_000;

    private final Vertx vertx;
    private final HttpClient http;
    private final Duration deadline;

    WebhookCall(Vertx vertx, Duration deadline) {
        this.vertx = vertx;
        this.deadline = deadline;
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout((int) deadline.toMillis())
                                .setKeepAlive(false)
                                .setMaxHeaderSize(MAX_HEADER)
                                .setDecompressionSupported(false)
                                .setVerifyHost(true));
    }

    /// @return the status of the answer
    /// @throws IOException where there is no answer in time, with the reason
    int post(WebhookTarget target, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        AtomicReference<HttpClientRequest> request = new AtomicReference<>();
        http.request(options(target, headers))
                .onSuccess(
                        made -> {
                            request.set(made);
                            if (status.isDone()) {
                                made.reset();
                                return;
                            }
                            made.send(Buffer.buffer(body))
                                    .onSuccess(response -> take(response, status))
                                    .onFailure(status::completeExceptionally);
                        })
                .onFailure(status::completeExceptionally);
        try {
            return status.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("The receiver was not reached: " + textOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "The receiver did not answer within " + deadline.toSeconds() + " s.", e);
        } finally {
            status.cancel(false);
            HttpClientRequest made = request.get();
            if (made != null && status.isCancelled()) {
                made.reset();
            }
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static RequestOptions options(WebhookTarget target, Map<String, String> headers) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(target.host())
                        .setPort(target.port())
                        .setSsl(target.tls())
                        .setURI(target.path())
                        .setFollowRedirects(false)
                        .setServer(
                                SocketAddress.inetSocketAddress(
                                        new InetSocketAddress(target.address(), target.port())));
        headers.forEach(options::putHeader);
        return options;
    }

    private void take(HttpClientResponse response, CompletableFuture<Integer> status) {
        long[] length = {0};
        long timer = vertx.setTimer(DRAIN_MILLIS, fired -> response.request().reset());
        response.exceptionHandler(cause -> vertx.cancelTimer(timer));
        response.endHandler(end -> vertx.cancelTimer(timer));
        response.handler(
                chunk -> {
                    length[0] += chunk.length();
                    if (length[0] > MAX_BODY) {
                        response.request().reset();
                    }
                });
        status.complete(response.statusCode());
    }

    private static String textOf(@Nullable Throwable cause) {
        @Nullable String text = cause == null ? null : cause.getMessage();
        return text == null
                ? cause == null ? "no reason" : cause.getClass().getSimpleName()
                : text.substring(0, Math.min(200, text.length()));
    }
}
