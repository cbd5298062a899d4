"""clouds_yaml.py SETTINGS TARGET [FILE]...: writes clouds.yaml, with the clouds of the files given beside the test cloud's own."""
import os
import sys

import yaml

import accounts

clouds = {cloud: accounts.settings(cloud) for cloud in accounts.CLOUDS}
for name in sys.argv[3:]:
    with open(name) as file:
        content = yaml.safe_load(file)
    more = content.get('clouds') if isinstance(content, dict) else None
    if not isinstance(more, dict):
        sys.exit('%s: not a clouds.yaml (no `clouds:`)' % name)
    for cloud in more:
        if cloud in clouds:
            sys.exit('%s: there is a cloud named %r already' % (name, cloud))
    clouds.update(more)
# It holds passwords, if poor ones.
with open(os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as file:
    yaml.safe_dump({'clouds': clouds}, file, sort_keys=False)
