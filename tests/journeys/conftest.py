from tests.smtp_sink import sink

__all__ = ["sink"]
