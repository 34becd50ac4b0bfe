"""Send a plan: look, write down the intent, send, write down the receipt."""
