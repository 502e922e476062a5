package io.jarvix.collector;

import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The two Vert.x clients, one for http and one for https with HTTP/2 where the server offers it.
/// They keep connections per host and address, verify certificates and names, and follow, decode
/// and retry nothing by themselves. TLS is BoringSSL where its library loads, and the JDK's
/// elsewhere.
final class HttpClients implements AutoCloseable {

    private static final int MAX_STATUS_LINE = 16 * 1024;

    private final HttpClient plain;
    private final HttpClient tls;
    private final AtomicInteger open = new AtomicInteger();
    private final int maxOpen;

    HttpClients(Vertx vertx, CollectorConfig config) {
        this.maxOpen = config.maxConnections();
        PoolOptions pool =
                new PoolOptions()
                        .setHttp1MaxSize(config.concurrency())
                        .setHttp2MaxSize(2)
                        .setMaxWaitQueueSize(-1);
        this.plain = build(vertx, options(config), pool);
        this.tls = build(vertx, secured(config, options(config)), pool);
    }

    HttpClient of(Target target) {
        return target.tls() ? tls : plain;
    }

    /// To be called when an answer has ended: closes its connection where too many are open.
    void release(HttpConnection connection) {
        if (open.get() > maxOpen) {
            connection.shutdown(1_000);
        }
    }

    int open() {
        return open.get();
    }

    static boolean nativeTls() {
        return OpenSsl.isAvailable();
    }

    @Override
    public void close() {
        plain.close();
        tls.close();
    }

    private HttpClient build(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(
                        connection -> {
                            open.incrementAndGet();
                            connection.closeHandler(closed -> open.decrementAndGet());
                        })
                .build();
    }

    private static HttpClientOptions options(CollectorConfig config) {
        int idleSeconds = (int) Math.max(1, config.keepAlive().toSeconds());
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAlive(true)
                .setKeepAliveTimeout(idleSeconds)
                .setHttp2KeepAliveTimeout(idleSeconds)
                .setMaxHeaderSize(config.maxHeader())
                .setMaxInitialLineLength(MAX_STATUS_LINE)
                .setDecompressionSupported(false)
                .setTcpNoDelay(true);
    }

    private static HttpClientOptions secured(CollectorConfig config, HttpClientOptions options) {
        options.setSsl(true)
                .setVerifyHost(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setInitialSettings(
                        new Http2Settings()
                                .setPushEnabled(false)
                                .setMaxHeaderListSize(config.maxHeader()))
                .setSslEngineOptions(
                        nativeTls() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions());
        config.trustedCertificates()
                .ifPresent(files -> options.setTrustOptions(TrustedCertificates.with(files)));
        return options;
    }
}
