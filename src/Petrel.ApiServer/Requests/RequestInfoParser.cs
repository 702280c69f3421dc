using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads a <see cref="RequestInfo"/> from a request line (kubernetes.io, "Kubernetes API Concepts: Resource URIs").</summary>
internal static class RequestInfoParser
{
    public static RequestInfo Parse(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var method = request.Method;
        var other = new RequestInfo { Verb = method.ToLowerInvariant(), Path = path };
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int next;
        var (group, version) = ("", "");
        if (parts.Length >= 3 && parts[0] == "api")
        {
            (version, next) = (parts[1], 2);
        }
        else if (parts.Length >= 4 && parts[0] == "apis")
        {
            (group, version, next) = (parts[1], parts[2], 3);
        }
        else
        {
            return other;
        }

        var watchPath = false;
        if (parts[next] == "watch")
        {
            // The deprecated form /api/v1/watch/… .
            watchPath = true;
            next++;
            if (next >= parts.Length)
            {
                return other;
            }
        }

        var info = other with { IsResource = true, Group = group, Version = version };
        if (parts[next] == "namespaces" && parts.Length > next + 2 && !(parts.Length == next + 3 && parts[next + 2] is "status" or "finalize"))
        {
            info = info with { Namespace = parts[next + 1], HasNamespaceSegment = true };
            next += 2;
        }
        else if (parts[next] == "namespaces" && parts.Length > next + 1)
        {
            // A namespace is in its own scope, so that roles of the namespace can grant access to it.
            info = info with { Namespace = parts[next + 1] };
        }

        info = info with
        {
            Resource = parts[next],
            Name = parts.Length > next + 1 ? parts[next + 1] : "",
            Subresource = parts.Length > next + 2 ? parts[next + 2] : "",
            Rest = AfterSegments(path, next + 3),
        };
        return info with { Verb = VerbOf(method, info.Name, request.Query, watchPath) };
    }

    private static string VerbOf(string method, string name, IQueryCollection query, bool watchPath) => method switch
    {
        "GET" or "HEAD" when watchPath => "watch",
        "GET" or "HEAD" when name.Length == 0 => QueryValues.Flag(query, "watch") ? "watch" : "list",
        "GET" or "HEAD" => "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => name.Length == 0 ? "deletecollection" : "delete",
        _ => "",
    };

    /// <summary>What follows so many elements of a path, with its leading slash; empty when nothing does.</summary>
    public static string AfterSegments(string path, int count)
    {
        var position = 0;
        for (; count > 0 && position < path.Length; count--)
        {
            while (position < path.Length && path[position] == '/')
            {
                position++;
            }

            var end = path.IndexOf('/', position);
            position = end < 0 ? path.Length : end;
        }

        return path[position..];
    }
}
