namespace Petrel.ApiServer.Requests;

/// <summary>What a request asks for, read from its method and path: the terms in which authorization and audit see it.</summary>
public sealed record RequestInfo
{
    /// <summary>The API verb (get, list, watch, create, …) or, for other paths, the lower-case HTTP method.</summary>
    public required string Verb { get; init; }

    public required string Path { get; init; }

    /// <summary>The path names a resource of a group and version.</summary>
    public bool IsResource { get; init; }

    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Path elements after the subresource (proxy paths), with their leading slash; empty when there are none.</summary>
    public string Rest { get; init; } = "";

    /// <summary>The scope of the path was given as /namespaces/NAME.</summary>
    public bool HasNamespaceSegment { get; init; }

    /// <summary>The request watches resources.</summary>
    public bool IsWatch => IsResource && Verb == "watch";

    /// <summary>The request is meant to last: a watch, a stream, a proxied request. No timeout and no limit on requests in flight is for it.</summary>
    public bool IsLongRunning => IsResource
        ? Verb == "watch" || Subresource is "attach" or "exec" or "log" or "portforward" or "proxy"
        : Path.StartsWith("/debug/pprof/", StringComparison.Ordinal);
}
