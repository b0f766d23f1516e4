"""mitmproxy's layers and options, as a proxy needs them that passes everything on unopened."""
