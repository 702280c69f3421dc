namespace Petrel.Node.Http;

/// <summary>The first bytes of what should be TLS are those of an HTTP answer.</summary>
internal sealed class PlainAnswerException() : IOException(Text)
{
    public const string Text = "http: server gave HTTP response to HTTPS client";
}
