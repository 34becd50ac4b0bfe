"""What a run tells machines about itself: numbers to scrape, alerts, spans."""
