package io.jarvix.collector;

import io.jarvix.contracts.FailureKind;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What an exception of the HTTP client means, and whether it can pass.
final class FailuresOfHttp {

    private FailuresOfHttp() {}

    /// No connection, or no TLS over it.
    static Reply.NoAnswer beforeTheRequest(Throwable cause, Target target, InetAddress address) {
        @Nullable Throwable tls = firstOf(cause, SSLException.class, CertificateException.class);
        if (tls != null && firstOf(cause, IOException.class, ConnectException.class) != null) {
            return new Reply.NoAnswer(
                    FailureKind.TLS,
                    "The TLS handshake with " + target.host() + " failed: " + deepest(cause),
                    false);
        }
        if (cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof IOException
                || cause instanceof VertxException) {
            return new Reply.NoAnswer(
                    FailureKind.CONNECT,
                    "No connection to "
                            + target.authority()
                            + " at "
                            + address.getHostAddress()
                            + ": "
                            + textOf(cause),
                    true);
        }
        return afterTheRequest(cause);
    }

    /// The connection stood, and the answer did not come or not whole.
    static Reply.NoAnswer afterTheRequest(Throwable cause) {
        if (firstOf(cause, TooLongFrameException.class, TooLongFrameException.class) != null) {
            return new Reply.NoAnswer(
                    FailureKind.PROTOCOL,
                    "The answer's status line or headers are too long: " + textOf(cause),
                    false);
        }
        if (cause instanceof HttpClosedException
                || cause instanceof StreamResetException
                || cause instanceof ClosedChannelException
                || cause instanceof PrematureChannelClosureException
                || cause instanceof IOException && !(cause instanceof SSLException)) {
            return new Reply.NoAnswer(
                    FailureKind.CONNECTION_LOST,
                    "The connection ended before the answer did: " + textOf(cause),
                    true);
        }
        if (cause instanceof DecoderException
                || cause instanceof Http2Exception
                || cause instanceof SSLException
                || cause instanceof IllegalArgumentException
                || cause instanceof VertxException) {
            return new Reply.NoAnswer(
                    FailureKind.PROTOCOL, "The answer is not HTTP: " + textOf(cause), false);
        }
        return new Reply.NoAnswer(FailureKind.INTERNAL, "Unexpected: " + cause, false);
    }

    private static @Nullable Throwable firstOf(Throwable cause, Class<?> one, Class<?> another) {
        for (@Nullable Throwable at = cause; at != null; at = at.getCause()) {
            if (one.isInstance(at) || another.isInstance(at)) {
                return at;
            }
        }
        return null;
    }

    private static String deepest(Throwable cause) {
        Throwable at = cause;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return textOf(at);
    }

    private static String textOf(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : text.substring(0, Math.min(300, text.length()));
    }
}
