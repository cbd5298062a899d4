package org.openstack.oaktree.rest;

import java.io.IOException;

/**
 * Makes a value from the answer of a service, while it arrives. Only answers with a 2xx status reach it.
 *
 * <p>When an answer breaks in the middle the request may be sent again and the reader be given the next answer: whatever it keeps
 * while reading must begin anew with each call. Requests whose readers cannot do that say {@link Repeat#UNTIL_READ}.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface Reader<T> {
    /**
     * Reads one answer. The body is not used after the return.
     *
     * @throws IOException from the body as it is; the caller knows what it means
     * @throws tools.jackson.core.JacksonException when the body is no JSON: becomes UNREADABLE_ANSWER, of a write OUTCOME_UNKNOWN
     * @throws UnreadableAnswerException when it is not the JSON that it should be: becomes the same
     */
    T read(Answer answer) throws IOException;

    /** Takes no notice of the body. */
    static Reader<Answer> ignoringBody() {
        return answer -> answer;
    }
}
