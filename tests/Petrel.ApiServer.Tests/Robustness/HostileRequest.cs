using System.Net;
using System.Net.Http.Headers;

namespace Petrel.ApiServer.Tests.Robustness;

/// <summary>A request that no well-meaning client would send.</summary>
internal sealed record HostileRequest(string Method, string Path)
{
    public byte[]? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = null;
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("hostile", "1"));
        return message;
    }

    public override string ToString() => $"{Method} {Path} {ContentType} {string.Join(' ', Headers)} {Convert.ToBase64String((Body ?? []).AsSpan(0, Math.Min(Body?.Length ?? 0, 600)))}";
}
