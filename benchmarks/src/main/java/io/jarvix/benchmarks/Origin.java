package io.jarvix.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The test origin: many web sites on the addresses of 127.0.0.0/8, all on one port and one thread,
/// after a [SitePlan]. The counters answer on 127.0.0.1 at the same port: `GET /counters`, `POST
/// /reset`.
final class Origin implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final EventLoopGroup loop;
    private final List<Channel> listening;
    private final int port;

    private Origin(EventLoopGroup loop, List<Channel> listening, int port) {
        this.loop = loop;
        this.listening = listening;
        this.port = port;
    }

    /// Listens on every host of the plan; returns when all of them accept.
    ///
    /// @param port 0: a free one
    static Origin start(SitePlan plan, int port) throws InterruptedException {
        EventLoopGroup loop = new NioEventLoopGroup(1);
        OriginCounters counters = new OriginCounters(plan.hosts());
        PageText text = new PageText(plan);
        List<Channel> listening = new ArrayList<>();
        try {
            Channel control = bind(loop, "127.0.0.1", port, () -> new OriginControl(counters));
            listening.add(control);
            int chosen = ((InetSocketAddress) control.localAddress()).getPort();
            for (int host = 0; host < plan.hosts(); host++) {
                int number = host;
                listening.add(
                        bind(
                                loop,
                                SitePlan.addressOf(host),
                                chosen,
                                () -> new OriginSite(plan, number, text, counters)));
            }
            return new Origin(loop, listening, chosen);
        } catch (InterruptedException | RuntimeException e) {
            Future<?> unused = loop.shutdownGracefully();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /// Returns when nobody listens any more.
    @Override
    public void close() throws InterruptedException {
        for (Channel channel : listening) {
            channel.close().sync();
        }
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).sync();
    }

    private static Channel bind(
            EventLoopGroup loop, String address, int port, HandlerFactory handlers)
            throws InterruptedException {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline()
                                        .addLast(new HttpServerCodec(), handlers.create());
                            }
                        })
                .bind(address, port)
                .sync()
                .channel();
    }

    /// A handler for each connection.
    private interface HandlerFactory {
        ChannelHandler create();
    }
}
