namespace Petrel.Node.Http;

/// <summary>A GET without an answer, in the words of upstream's events.</summary>
internal sealed class HttpGetException : Exception
{
    private HttpGetException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>The server spoke plain HTTP where TLS was expected.</summary>
    public bool IsPlainAnswer { get; private init; }

    public static HttpGetException Of(Uri address, string problem, Exception? innerException = null) =>
        new($"Get \"{address.AbsoluteUri}\": {problem}", innerException) { IsPlainAnswer = problem == PlainAnswerException.Text };
}
