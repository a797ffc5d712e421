"""Exporters: what leaves the house, as bytes; the disk is somebody else's business."""
