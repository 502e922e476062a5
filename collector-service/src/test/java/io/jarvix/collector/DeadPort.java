package io.jarvix.collector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A port of this machine at which connecting hangs: it listens, its backlog is full, and nobody
/// accepts.
final class DeadPort implements AutoCloseable {

    private final ServerSocket server;
    private final List<SocketChannel> fillers = new ArrayList<>();

    DeadPort() throws IOException {
        this.server = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
        for (int i = 0; i < 8; i++) {
            SocketChannel filler = SocketChannel.open();
            filler.configureBlocking(false);
            filler.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
            fillers.add(filler);
        }
    }

    /// @param host one of several names for it
    String url(int host) {
        return "http://127.88.0." + (host + 1) + ":" + server.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        server.close();
    }
}
