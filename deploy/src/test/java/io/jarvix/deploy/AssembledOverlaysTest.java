package io.jarvix.deploy;

import java.io.IOException;
import java.util.stream.Stream;

/// The rules on the files as they are: needs no tool.
class AssembledOverlaysTest extends OverlayRules {

    @Override
    Stream<Overlay> overlays() throws IOException {
        return Overlay.names().stream().map(Overlay::assembled);
    }
}
