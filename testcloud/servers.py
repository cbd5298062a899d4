#!/usr/bin/env python3
"""Creates servers with the openstacksdk of this Python, one after the other, and waits for each.

Standard input is a JSON object: a name for each server, with further arguments of create_server. Prints one line of JSON each: name, id.
"""
import argparse
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
import clouds  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    clouds.add_arguments(parser)
    cloud = clouds.connect(parser.parse_args())
    for name, arguments in json.load(sys.stdin).items():
        server = cloud.create_server(name, wait=True, **arguments)
        print(json.dumps({'name': name, 'id': server.id}), flush=True)


main()
