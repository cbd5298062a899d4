package org.openstack.oaktree.resource;

import com.google.protobuf.Message;

/**
 * One resource as the cloud described it.
 *
 * @param resource its message, without location
 * @param zone its availability zone; empty: none
 * @param projectId the project that owns it; empty: not said
 */
record Document(Message resource, String zone, String projectId) {}
