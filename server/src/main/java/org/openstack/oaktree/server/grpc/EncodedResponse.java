package org.openstack.oaktree.server.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.openstack.oaktree.RpcResponse;

/** The bytes of a response on their way out: gRPC takes them whole, without a copy in between. */
final class EncodedResponse extends ByteArrayInputStream implements KnownLength, Drainable {
    /** Sends responses. */
    static final Marshaller<RpcResponse> MARSHALLER = new Marshaller<>() {
        @Override
        public InputStream stream(RpcResponse response) {
            return new EncodedResponse(response.bytes());
        }

        @Override
        public RpcResponse parse(InputStream bytes) {
            throw new UnsupportedOperationException("a server reads no responses");
        }
    };

    private EncodedResponse(byte[] bytes) {
        super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        int length = available();
        target.write(buf, pos, length);
        pos = count;
        return length;
    }
}
