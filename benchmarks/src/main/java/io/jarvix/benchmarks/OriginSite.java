package io.jarvix.benchmarks;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.LOCATION;
import static io.netty.handler.codec.http.HttpHeaderNames.RETRY_AFTER;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/// One connection to one site of the origin. Thread rule: the origin's only event loop.
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class OriginSite extends SimpleChannelInboundHandler<HttpObject> {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String ROBOTS = "User-agent: *\nDisallow: /private/\n";
    private static final String MOVED = "/moved/";
    private static final int BOMB_MEGABYTES = 64;
    private static final ByteBuf BOMB = bomb();
    private static final int DRIP_MILLIS = 500;
    private static final int NO_PAGE = -1;

    private final SitePlan plan;
    private final int host;
    private final PageText text;
    private final OriginCounters counters;
    private boolean busy;

    OriginSite(SitePlan plan, int host, PageText text, OriginCounters counters) {
        this.plan = plan;
        this.host = host;
        this.text = text;
        this.counters = counters;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        counters.connected();
    }

    /// An answer that the client did not wait for ends with its connection.
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        counters.disconnected();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (!(message instanceof HttpRequest request)) {
            return;
        }
        busy = true;
        counters.arrived(host);
        int number = numberOf(request.uri());
        boolean known = number != NO_PAGE && number % plan.hosts() == host;
        if (request.uri().equals("/robots.txt")) {
            counters.robotsAsked();
            answer(context, request, plain(HttpResponseStatus.OK, ROBOTS));
        } else if (known && request.method().equals(HttpMethod.GET)) {
            later(context, request, plan.page(number));
        } else {
            answer(context, request, plain(HttpResponseStatus.NOT_FOUND, "no such page\n"));
        }
    }

    private void later(ChannelHandlerContext context, HttpRequest request, SitePlan.Page page) {
        if (page.latencyMillis() == 0) {
            serve(context, request, page);
        } else {
            context.executor()
                    .schedule(
                            () -> serve(context, request, page),
                            page.latencyMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void serve(ChannelHandlerContext context, HttpRequest request, SitePlan.Page page) {
        if (!context.channel().isActive()) {
            return;
        }
        boolean first = counters.pageAsked(page) == 0;
        switch (page.behaviour()) {
            case PAGE, PRIVATE -> answer(context, request, html(page));
            case REDIRECT ->
                    answer(
                            context,
                            request,
                            request.uri().startsWith(MOVED) ? html(page) : redirect(request.uri()));
            case NOT_FOUND ->
                    answer(context, request, plain(HttpResponseStatus.NOT_FOUND, "not found\n"));
            case FLAKY ->
                    answer(
                            context,
                            request,
                            first
                                    ? plain(HttpResponseStatus.INTERNAL_SERVER_ERROR, "try again\n")
                                    : html(page));
            case BUSY -> answer(context, request, first ? unavailable() : html(page));
            case BOMB -> answer(context, request, bombResponse());
            case RESET -> reset(context, page);
            case DRIP -> drip(context);
        }
    }

    private void answer(
            ChannelHandlerContext context, HttpRequest request, FullHttpResponse response) {
        int length = response.content().readableBytes();
        response.headers().setInt(CONTENT_LENGTH, length);
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keepAlive);
        ChannelFuture written = context.writeAndFlush(response);
        written.addListener(
                done -> {
                    counters.sent(length);
                    end();
                    if (!keepAlive) {
                        context.close();
                    }
                });
    }

    private void end() {
        if (busy) {
            busy = false;
            counters.answered(host);
        }
    }

    private void reset(ChannelHandlerContext context, SitePlan.Page page) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(CONTENT_TYPE, HTML).setInt(CONTENT_LENGTH, page.targetBytes());
        context.write(head);
        context.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer("<html><head>", UTF_8)))
                .addListener(
                        done -> {
                            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                            context.close();
                        });
    }

    private void drip(ChannelHandlerContext context) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(CONTENT_TYPE, HTML).setInt(CONTENT_LENGTH, SitePlan.MEAN_BYTES);
        context.write(head);
        dripOn(context);
    }

    private void dripOn(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            context.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(" ", UTF_8)));
            context.executor().schedule(() -> dripOn(context), DRIP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private FullHttpResponse html(SitePlan.Page page) {
        return response(HttpResponseStatus.OK, HTML, text.html(page));
    }

    private static FullHttpResponse plain(HttpResponseStatus status, String body) {
        return response(status, "text/plain; charset=utf-8", Unpooled.copiedBuffer(body, UTF_8));
    }

    private static FullHttpResponse redirect(String path) {
        FullHttpResponse response = plain(HttpResponseStatus.FOUND, "");
        response.headers().set(LOCATION, MOVED + path.substring(path.lastIndexOf('/') + 1));
        return response;
    }

    private static FullHttpResponse unavailable() {
        FullHttpResponse response = plain(HttpResponseStatus.SERVICE_UNAVAILABLE, "busy\n");
        response.headers().setInt(RETRY_AFTER, 1);
        return response;
    }

    private static FullHttpResponse bombResponse() {
        FullHttpResponse response = response(HttpResponseStatus.OK, HTML, BOMB.duplicate());
        response.headers().set(CONTENT_ENCODING, "gzip");
        return response;
    }

    private static FullHttpResponse response(HttpResponseStatus status, String type, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(CONTENT_TYPE, type);
        return response;
    }

    /// The number at the end of `/en/some-words-123.html`.
    private static int numberOf(String path) {
        int end = path.lastIndexOf(".html");
        int begin = end;
        while (begin > 0 && Character.isDigit(path.charAt(begin - 1))) {
            begin--;
        }
        return end < 0 || begin == end || end - begin > 9
                ? NO_PAGE
                : Integer.parseInt(path, begin, end, 10);
    }

    private static ByteBuf bomb() {
        byte[] block = "<p>all work and no play</p>\n".repeat(1024 * 1024 / 28).getBytes(UTF_8);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            for (int i = 0; i < BOMB_MEGABYTES; i++) {
                gzip.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(compressed.toByteArray()))
                .asReadOnly();
    }
}
