"""What people read and claim themselves, checked and kept beside the library."""
