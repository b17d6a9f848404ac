"""What the gateway tells about itself: logs that hold no personal data."""
