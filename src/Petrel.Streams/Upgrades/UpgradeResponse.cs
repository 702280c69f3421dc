using System.Net;
using System.Net.Http.Headers;

namespace Petrel.Streams.Upgrades;

/// <summary>
/// What the next hop answered: a two-way byte stream after 101, else an ordinary response. Disposing it closes the
/// connection.
/// </summary>
public sealed class UpgradeResponse : IAsyncDisposable
{
    private readonly HttpMessageInvoker _client;
    private readonly HttpResponseMessage _message;
    private readonly UpgradeTransport _transport;

    internal UpgradeResponse(HttpMessageInvoker client, HttpResponseMessage message, UpgradeTransport transport, Stream content)
    {
        _client = client;
        _message = message;
        _transport = transport;
        Content = content;
    }

    public bool IsUpgraded => _message.StatusCode == HttpStatusCode.SwitchingProtocols;

    public int StatusCode => (int)_message.StatusCode;

    public HttpResponseHeaders Headers => _message.Headers;

    public HttpContentHeaders ContentHeaders => _message.Content.Headers;

    /// <summary>After 101 the connection itself, both ways; else the response's body.</summary>
    public Stream Content { get; }

    /// <summary>The value of a header that has at most one, or null.</summary>
    public string? Header(string name) =>
        Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>Tells the peer that nothing more will be sent (TCP FIN, after TLS close_notify); reading goes on.</summary>
    public Task CompleteWritesAsync() => _transport.CompleteWritesAsync();

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        _message.Dispose();
        _client.Dispose();
    }
}
