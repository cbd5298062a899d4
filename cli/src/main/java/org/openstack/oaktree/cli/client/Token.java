package org.openstack.oaktree.cli.client;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** The bearer token that oaktree wrote to a file which only its user can read. */
final class Token extends CallCredentials {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private final String token;

    private Token(String token) {
        this.token = token;
    }

    /** Credentials that add the token to each call; none if there is no such file (a server that wants none, or says that it is missing). */
    static java.util.Optional<CallCredentials> read(Path file) {
        try {
            String token = Files.readString(file).strip();
            return token.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(new Token(token));
        } catch (NoSuchFileException e) {
            return java.util.Optional.empty();
        } catch (IOException e) {
            throw new CallFailure(
                    CallFailure.Kind.UNREACHABLE,
                    "The token file " + file
                            + " cannot be read. Run this as the user who started oaktree, or name another"
                            + " file with --token-file or OAKTREE_TOKEN_FILE.");
        }
    }

    @Override
    public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        applier.apply(headers);
    }
}
