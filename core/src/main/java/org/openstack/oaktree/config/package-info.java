/** Which clouds there are and how to reach them: clouds.yaml, secure.yaml, clouds-public.yaml and OS_* variables, read as openstacksdk reads them. */
@NullMarked
package org.openstack.oaktree.config;

import org.jspecify.annotations.NullMarked;
