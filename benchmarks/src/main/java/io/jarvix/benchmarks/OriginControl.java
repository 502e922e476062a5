package io.jarvix.benchmarks;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/// The origin's counters over HTTP: `GET /counters` gives them as JSON, `POST /reset` gives them
/// and starts anew.
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class OriginControl extends SimpleChannelInboundHandler<HttpObject> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OriginCounters counters;

    OriginControl(OriginCounters counters) {
        this.counters = counters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message)
            throws JsonProcessingException {
        if (!(message instanceof HttpRequest request)) {
            return;
        }
        if (request.uri().equals("/counters") && request.method().equals(HttpMethod.GET)) {
            answer(context, HttpResponseStatus.OK);
        } else if (request.uri().equals("/reset") && request.method().equals(HttpMethod.POST)) {
            answer(context, HttpResponseStatus.OK);
            counters.reset();
        } else {
            answer(context, HttpResponseStatus.NOT_FOUND);
        }
    }

    private void answer(ChannelHandlerContext context, HttpResponseStatus status)
            throws JsonProcessingException {
        ByteBuf body = Unpooled.wrappedBuffer(JSON.writeValueAsBytes(counters.snapshot()));
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(CONTENT_TYPE, "application/json")
                .setInt(CONTENT_LENGTH, body.readableBytes());
        context.writeAndFlush(response, context.voidPromise());
    }
}
