using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Petrel.Node.Streaming;

/// <summary>Where the runtime serves a stream, or why it does not.</summary>
public sealed record StreamingTarget
{
    private StreamingTarget(Uri? url, int statusCode, string message)
    {
        Url = url;
        StatusCode = statusCode;
        Message = message;
    }

    public Uri? Url { get; }

    /// <summary>Without a URL, the HTTP status of the refusal.</summary>
    public int StatusCode { get; }

    /// <summary>Without a URL, the reason as clients see it.</summary>
    public string Message { get; }

    [MemberNotNullWhen(true, nameof(Url))]
    public bool IsFound => Url is not null;

    /// <summary>The runtime's own URL for one stream (CRI Exec, Attach, PortForward).</summary>
    public static StreamingTarget At(Uri url) => new(url, StatusCodes.Status101SwitchingProtocols, "");

    public static StreamingTarget Refused(int statusCode, string message) => new(null, statusCode, message);

    /// <summary>No such pod on this node, in the kubelet's words.</summary>
    public static StreamingTarget PodDoesNotExist { get; } = Refused(StatusCodes.Status404NotFound, "pod does not exist");
}
