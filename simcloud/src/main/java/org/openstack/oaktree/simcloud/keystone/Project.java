package org.openstack.oaktree.simcloud.keystone;

/** A project of the domain Default. */
public record Project(String id, String name) {}
