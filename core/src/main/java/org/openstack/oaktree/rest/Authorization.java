package org.openstack.oaktree.rest;

/** Where requests get the token that they carry. Safe for use by many threads. */
public interface Authorization {
    /** For requests without a token. */
    Authorization NONE = new Authorization() {
        @Override
        public String token() {
            return "";
        }

        @Override
        public void rejected(String token) {}
    };

    /**
     * A token that should be good; blocks while one is being fetched. Empty when requests carry none.
     *
     * @throws org.openstack.oaktree.error.OaktreeException when the cloud gives none
     */
    String token();

    /** A service did not accept this token: {@link #token} gives another one from now on, if there is any. */
    void rejected(String token);
}
