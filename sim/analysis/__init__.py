"""What many runs say."""
