package org.openstack.oaktree.resource;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Where the next page of a list begins. Stateless: any node that gets it with the same request goes on from there. It names the
 * place and the ID that the page before ended with, so a resource that came or went in between shifts nothing.
 *
 * @param place index of the place among those of the request
 * @param begun when the first page was asked for: no place's list need be younger for a later page than it had to be then
 * @param lastId ID of the last resource of the page before; empty: the place begins
 */
record PageToken(int place, Instant begun, String lastId) {
    private static final byte VERSION = 1;
    private static final int WHERE = Integer.BYTES + Long.BYTES;
    private static final int LONGEST = 4096;

    /** Where the first page of every list begins. */
    static final PageToken FIRST = new PageToken(0, Instant.EPOCH, "");

    /**
     * Reads the token that a caller sent back.
     *
     * @param request the request that it came with, without page token and page size
     * @throws OaktreeException INVALID_FIELD when it is not the token of this request
     */
    static PageToken read(String text, Message request) {
        byte[] bytes;
        try {
            bytes = text.length() > LONGEST
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (bytes.length < 1 + Long.BYTES + WHERE || bytes[0] != VERSION) {
            throw invalid();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        long digest = buffer.getLong();
        if (digest != digest(request, buffer.slice())) {
            throw invalid();
        }
        int place = buffer.getInt();
        long begun = buffer.getLong();
        String lastId = StandardCharsets.UTF_8.decode(buffer).toString();
        return new PageToken(place, Instant.ofEpochMilli(begun), lastId);
    }

    /** As the caller of that request gets it. */
    String text(Message request) {
        byte[] id = lastId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer where = ByteBuffer.allocate(WHERE + id.length)
                .putInt(place)
                .putLong(begun.toEpochMilli())
                .put(id)
                .flip();
        ByteBuffer buffer = ByteBuffer.allocate(1 + Long.BYTES + where.remaining())
                .put(VERSION)
                .putLong(digest(request, where))
                .put(where);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /** Of the request and of where its next page begins: a token that was changed on the way would skip resources in silence. */
    private static long digest(Message request, ByteBuffer where) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            out.writeStringNoTag(request.getDescriptorForType().getFullName());
            out.writeMessageNoTag(request);
            out.writeRawBytes(where.duplicate());
            out.flush();
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()))
                    .getLong();
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OaktreeException invalid() {
        return OaktreeException.of(
                        ErrorReason.ERROR_REASON_INVALID_FIELD,
                        "page_token is not the next_page_token of the page before with otherwise the same request; begin anew without it")
                .field("page_token", "belongs to no such request")
                .build();
    }
}
