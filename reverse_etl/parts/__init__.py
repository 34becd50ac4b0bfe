"""What one system needs beside its file."""
