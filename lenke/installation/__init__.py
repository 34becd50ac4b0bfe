"""An installation of one's own: a folder that an upgrade of Lenke never touches."""
