"""A switch for what real clouds do when they are busy: nova's picture of a server's addresses lags behind neutron's.

Here it would catch up within seconds. A change of a port or floating IP whose description contains the word
`testcloud_unnoticed` is never told to nova, so a test has as long as it likes.
"""
import functools

from neutron.notifiers.nova import Notifier

WORD = 'testcloud_unnoticed'


def patch():
    create = Notifier.create_port_changed_event

    @functools.wraps(create)
    def create_port_changed_event(self, action, original_obj, returned_obj):
        changed = returned_obj.get('floatingip') or returned_obj.get('port') or {}
        if WORD in (changed.get('description') or ''):
            return None
        return create(self, action, original_obj, returned_obj)

    Notifier.create_port_changed_event = create_port_changed_event
