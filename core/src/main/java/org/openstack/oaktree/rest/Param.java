package org.openstack.oaktree.rest;

/**
 * One parameter of a query; the same name may occur several times.
 *
 * @param name as the service knows it, not encoded
 * @param value not encoded
 */
public record Param(String name, String value) {}
