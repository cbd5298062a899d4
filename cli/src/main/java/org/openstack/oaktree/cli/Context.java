package org.openstack.oaktree.cli;

import java.util.Map;
import org.openstack.oaktree.cli.client.Client;

/** What every command is made with. */
record Context(
        Environment environment, Api api, Map<String, Noun> nouns, ColumnTable table, Client.Connector connector) {}
