package io.jarvix.gateway;

import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;

/// A result as the ledger keeps it: the message's JSON in one zstd frame.
final class Document {

    private Document() {}

    static byte[] compress(byte[] json) {
        return CompressedBody.compress(json);
    }

    static PageScore open(byte[] frame, int length) {
        try {
            return Wire.read(CompressedBody.open(frame, length), PageScore.class);
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException("the ledger holds a document that it did not write", e);
        }
    }
}
