"""Word documents in the layout of official documents (GB/T 9704—2012). Pure: data in, bytes out."""
