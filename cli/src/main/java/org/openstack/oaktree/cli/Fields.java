package org.openstack.oaktree.cli;

/** Numbers that fields have in every request, resource and answer of the API. */
final class Fields {
    static final int LOCATION = 1;
    /** In Get and Delete: the name or ID. */
    static final int RESOURCE = 2;
    /** In List. */
    static final int QUERY = 2;
    /** In Create. */
    static final int REQUEST_ID = 2;
    /** In List. */
    static final int PAGE_SIZE = 3;
    /** In Create. */
    static final int NAME = 3;
    /** In List. */
    static final int PAGE_TOKEN = 4;
    /** In Create, Delete. */
    static final int WAIT = 4;
    /** In List and Get. */
    static final int MAX_AGE = 5;
    /** In Create, Delete: longest wait. */
    static final int TIMEOUT = 5;
    /** A child's parent. */
    static final int PARENT = 9;

    static final int OWN = 10;

    static final int PROPERTIES = 99;

    /** In the answers of List, Get and Create. */
    static final int ANSWERED = 1;
    /** In the answer of List. */
    static final int NEXT_PAGE_TOKEN = 2;
    /** In the answer of List. */
    static final int UNREACHABLE = 4;

    private Fields() {}
}
